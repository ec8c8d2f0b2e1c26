package io.punctual.shared.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * For the provider (reading), and for a client about itself.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@RequiresScope({ Scopes.PROVIDER_READ, Scopes.CLIENT })
public @interface ProviderReadOrClient {

}
