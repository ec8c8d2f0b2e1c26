package io.punctual.shared.problem;

/**
 * What is wrong with one part of a request.
 *
 * @param field a JSON pointer into the body (RFC 6901), or the name of a parameter or
 * header
 * @param detail what is wrong, for the caller to read
 */
public record FieldError(String field, String detail) {

}
