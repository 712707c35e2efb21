"""The service directory of a city: HSDS tables read, checked, searched and ranked."""
