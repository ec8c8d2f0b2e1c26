package io.punctual.clients.contact;

import java.util.List;
import java.util.Optional;

import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

/**
 * The contacts.
 */
interface Contacts extends Repository<Contact, String> {

	Contact saveAndFlush(Contact contact);

	void delete(Contact contact);

	Optional<Contact> findByIdAndClientId(String id, String clientId);

	long countByClientId(String clientId);

	@Query("select c from contact c where c.clientId = :clientId and c.id > :after order by c.id")
	List<Contact> page(@Param("clientId") String clientId, @Param("after") String after, Limit limit);

	@Query("select c from contact c order by c.id")
	List<Contact> everyone();

}
