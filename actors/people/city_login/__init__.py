"""The logins of the city and its partners: OpenID Connect by allauth, judged and told about here."""
