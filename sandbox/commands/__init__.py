"""Commands of `ecf-sandbox` that ask or make something and end: each takes its options and answers its exit status."""
