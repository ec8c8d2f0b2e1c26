package io.punctual.shared.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a handler, directly or by a meta-annotation: the caller's token has at least one of
 * these scopes. A handler without it refuses everybody.
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresScope {

	/**
	 * One of these is enough.
	 */
	String[] value();

}
