package io.punctual.local.launcher;

/**
 * What a person needs to know once everything runs.
 */
final class Guide {

	private Guide() {
	}

	static String of(Secrets secrets, StateFolder folder) {
		return """

				Punctual is ready.
				  API        http://localhost:%d/v1 (the edge; the document: gateway-config/openapi.yaml)
				  identity   %s (sign in as staff; the password is in %s)
				  services   clients 8081, notices 8082, delivery 8083, sla 8084
				  mail       http://localhost:%d/mails (caught: nothing leaves this host)
				  database   127.0.0.1:%d, a schema and a user for each service
				  logs       %s

				A token for the provider, for an hour:
				  TOKEN=$(curl -s -d grant_type=client_credentials -d client_id=provider -d client_secret=%s %s/oauth2/token | sed 's/.*"access_token":"\\([^"]*\\).*/\\1/')

				The first request:
				  curl -s -H "Authorization: Bearer $TOKEN" http://localhost:%d/v1/clients

				Ctrl-C stops everything; the data stays. ./run --reset starts afresh; ./run demo shows the main job.
				"""
			.formatted(Parts.EDGE_PORT, Parts.issuer(), folder.secrets(), MailCatcher.PORT, Parts.DATABASE_PORT,
					folder.logs(), secrets.provider(), Parts.issuer(), Parts.EDGE_PORT);
	}

}
