"""What is shipped: distributions, an image, and how it is deployed."""
