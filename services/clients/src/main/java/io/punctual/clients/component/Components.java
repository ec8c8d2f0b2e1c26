package io.punctual.clients.component;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

/**
 * The components.
 */
public interface Components extends Repository<ProductComponent, String> {

	ProductComponent save(ProductComponent component);

	Optional<ProductComponent> findById(String id);

	boolean existsById(String id);

	boolean existsByName(String name);

	@Query("select c from component c where c.id > :after order by c.id")
	List<ProductComponent> page(@Param("after") String after, Limit limit);

	@Query("select c.id from component c where c.id in :ids")
	Set<String> known(@Param("ids") Set<String> ids);

}
