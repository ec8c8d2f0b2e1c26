package io.punctual.clients.client;

import java.util.List;
import java.util.Optional;

import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

/**
 * The clients' rows.
 */
interface ClientRepository extends Repository<Client, String> {

	Client saveAndFlush(Client client);

	Optional<Client> findById(String id);

	// By SQL: the dialect of MySQL says FOR UPDATE OF, which the embedded database does
	// not know.
	@NativeQuery("SELECT * FROM client WHERE id = :id FOR UPDATE")
	Optional<Client> lock(@Param("id") String id);

	Optional<Client> findByExternalId(String externalId);

	@Query("select c from client c where c.id > :after and c.state = :state order by c.id")
	List<Client> page(@Param("state") ClientState state, @Param("after") String after, Limit limit);

}
