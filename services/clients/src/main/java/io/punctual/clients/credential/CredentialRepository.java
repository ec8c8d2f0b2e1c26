package io.punctual.clients.credential;

import java.util.List;
import java.util.Optional;

import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

/**
 * The credentials' rows.
 */
interface CredentialRepository extends Repository<Credential, String> {

	Credential saveAndFlush(Credential credential);

	Optional<Credential> findById(String id);

	Optional<Credential> findByIdAndClientId(String id, String clientId);

	@Query("select count(c) from credential c where c.clientId = :clientId and c.state = ACTIVE")
	long active(@Param("clientId") String clientId);

	@Query("select c.clientId from credential c where c.oauthClientId = :oauthClientId and c.state = ACTIVE")
	Optional<String> clientOf(@Param("oauthClientId") String oauthClientId);

	@Query("select c.clientId from credential c where c.apiKeyId = :apiKeyId and c.state = ACTIVE")
	Optional<String> clientOfApiKey(@Param("apiKeyId") String apiKeyId);

	@Query("select c from credential c where c.clientId = :clientId and c.id > :after order by c.id")
	List<Credential> page(@Param("clientId") String clientId, @Param("after") String after, Limit limit);

	@Query("select c from credential c where c.state = REVOKED and c.withdrawn = false order by c.id")
	List<Credential> toWithdraw(Limit limit);

	@Query("select c from credential c where c.clientId = :clientId and c.state = ACTIVE order by c.id")
	List<Credential> activeOf(@Param("clientId") String clientId);

	@Query("select c from credential c order by c.id")
	List<Credential> everything();

}
