"""One refusing and one accepting scenario for each rule of Register."""
