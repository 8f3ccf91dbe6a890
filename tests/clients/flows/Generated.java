package javax.annotation;

/** What the JDK no longer has, and generated code bears. */
public @interface Generated {
    String[] value();

    String date() default "";

    String comments() default "";
}
