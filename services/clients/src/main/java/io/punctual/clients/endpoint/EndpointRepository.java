package io.punctual.clients.endpoint;

import java.util.List;
import java.util.Optional;

import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

/**
 * The endpoints' rows.
 */
interface EndpointRepository extends Repository<Endpoint, String> {

	Endpoint saveAndFlush(Endpoint endpoint);

	Optional<Endpoint> findById(String id);

	// By SQL: the dialect of MySQL says FOR UPDATE OF, which the embedded database does
	// not know.
	@NativeQuery("SELECT * FROM endpoint WHERE id = :id FOR UPDATE")
	Optional<Endpoint> lock(@Param("id") String id);

	@Query("select count(e) from endpoint e where e.clientId = :clientId and e.state <> GONE")
	long present(@Param("clientId") String clientId);

	@Query("select e from endpoint e where e.clientId = :clientId and e.id > :after order by e.id")
	List<Endpoint> page(@Param("clientId") String clientId, @Param("after") String after, Limit limit);

	@Query("select e from endpoint e where e.id > :after order by e.id")
	List<Endpoint> all(@Param("after") String after, Limit limit);

}
