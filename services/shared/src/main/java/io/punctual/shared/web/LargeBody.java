package io.punctual.shared.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a handler take a larger body than the 256 KB of the others.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface LargeBody {

	/**
	 * The most that the handler takes, in bytes.
	 */
	int bytes() default 5 * 1024 * 1024;

}
