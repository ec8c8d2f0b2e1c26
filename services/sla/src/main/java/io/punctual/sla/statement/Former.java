package io.punctual.sla.statement;

/**
 * What an adjustment says was said before.
 */
interface Former {

	/**
	 * The statement that said it.
	 * @return its number in the client's chain
	 */
	long number();

}
