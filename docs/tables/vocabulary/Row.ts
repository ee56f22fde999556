import type { MessageType, RouteName, SendKind } from '../../../contract';

/** A test by its file and the title it is declared with. */
export interface Proof {
	file: string;
	title: string;
}

interface Row {
	what: string;
	/** The calls that do it; the node's operations follow from them. */
	routes: readonly RouteName[];
}

/** Something that is sent and received in chats, in all the places where it can be found here. */
export interface KindRow extends Row {
	/** What its acceptance is called in the contract. */
	sends?: SendKind;
	/** The field that makes the difference: of those calls, or of every call that sends. */
	field?: string;
	/** The option of the sending operations that makes the difference. */
	option?: string;
	triggerOption?: string;
	/** The `type` it arrives with. */
	type?: MessageType;
	/** How else one is told of it. */
	told?: string;
	/** Where a simulated contact or phone gets it, decrypted. */
	sentTest?: Proof;
	/** Where a simulated contact or phone does it, and this side is told. */
	receivedTest?: Proof;
}

/** What is looked up or changed, and where that is seen against a simulated WhatsApp. */
export interface PlainRow extends Row {
	test: Proof;
}
