package io.punctual.infrastructure;

import software.amazon.awscdk.CfnDeletionPolicy;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.IAspect;
import software.constructs.IConstruct;

/**
 * Keeps what is to be kept, but not of a stack that could not be made: its names would be
 * taken and its addresses counted when it is tried again.
 */
final class KeptOnceMade implements IAspect {

	@Override
	public void visit(IConstruct node) {
		if (node instanceof CfnResource resource
				&& resource.getCfnOptions().getDeletionPolicy() == CfnDeletionPolicy.RETAIN) {
			resource.getCfnOptions().setDeletionPolicy(CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE);
		}
	}

}
