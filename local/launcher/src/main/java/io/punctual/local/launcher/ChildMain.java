package io.punctual.local.launcher;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs a part's own main class in a process that ends with its parent: its standard input
 * is a pipe that closes when the parent ends, however it ends.
 */
public final class ChildMain {

	private static final int END_AFTER_MILLIS = 8000;

	private ChildMain() {
	}

	public static void main(String[] args) throws ReflectiveOperationException {
		Thread.ofPlatform().daemon().name("parent-watch").start(ChildMain::endWithParent);
		try {
			Class.forName(args[0])
				.getMethod("main", String[].class)
				.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
		}
		catch (InvocationTargetException ex) {
			ex.printStackTrace();
			System.exit(1);
		}
	}

	private static void endWithParent() {
		try {
			while (System.in.read() != -1) {
				// Nobody writes; only the end counts.
			}
		}
		catch (IOException ex) {
			// The pipe broke: the same as its end.
		}
		Thread.ofPlatform().daemon().start(() -> {
			try {
				Thread.sleep(END_AFTER_MILLIS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			Runtime.getRuntime().halt(143);
		});
		System.exit(0);
	}

}
