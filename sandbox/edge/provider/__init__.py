"""The API for lead providers over HTTP: who asks, what is asked, and which operation answers."""
