package io.punctual.local.edge.template;

import java.util.Objects;

import org.apache.velocity.runtime.parser.node.ASTEQNode;
import org.apache.velocity.runtime.parser.node.ASTNENode;
import org.apache.velocity.runtime.parser.node.Node;
import org.apache.velocity.runtime.parser.node.SimpleNode;
import org.jspecify.annotations.Nullable;

/**
 * Teaches a parsed template API Gateway's equality: nothing equals the empty text. Stock
 * Velocity knows no setting for it, so the nodes of {@code ==} and {@code !=} are
 * replaced.
 */
final class Equality {

	private Equality() {
	}

	static void teach(Node node) {
		for (int i = 0; i < node.jjtGetNumChildren(); i++) {
			Node child = node.jjtGetChild(i);
			teach(child);
			if (child.getClass() == ASTEQNode.class) {
				node.jjtAddChild(moved(child, new Equal((SimpleNode) child), node), i);
			}
			else if (child.getClass() == ASTNENode.class) {
				node.jjtAddChild(moved(child, new Unequal((SimpleNode) child), node), i);
			}
		}
	}

	private static Node moved(Node from, Node to, Node parent) {
		for (int i = 0; i < from.jjtGetNumChildren(); i++) {
			Node child = from.jjtGetChild(i);
			to.jjtAddChild(child, i);
			child.jjtSetParent(to);
		}
		to.jjtSetParent(parent);
		return to;
	}

	private static boolean equal(@Nullable Object left, @Nullable Object right) {
		return Objects.requireNonNullElse(left, "").equals(Objects.requireNonNullElse(right, ""));
	}

	/**
	 * {@code ==}.
	 */
	private static final class Equal extends ASTEQNode {

		Equal(SimpleNode from) {
			super(from.getType());
			this.first = from.getFirstToken();
			this.last = from.getLastToken();
		}

		@Override
		public boolean compareNull(@Nullable Object left, @Nullable Object right) {
			return equal(left, right);
		}

	}

	/**
	 * {@code !=}, which Velocity answers by the opposite of this.
	 */
	private static final class Unequal extends ASTNENode {

		Unequal(SimpleNode from) {
			super(from.getType());
			this.first = from.getFirstToken();
			this.last = from.getLastToken();
		}

		@Override
		public boolean compareNull(@Nullable Object left, @Nullable Object right) {
			return equal(left, right);
		}

	}

}
