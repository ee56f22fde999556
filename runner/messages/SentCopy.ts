/** A message from here, for whoever could not read it. */
export interface SentCopy {
	/** The chat it went to, under the name it was sent to. */
	chat: string;
	/** The name under which the chat is written to now. */
	address: string;
	/** Serialised `proto.Message`. */
	content: Uint8Array;
	/** Whether it was taken back. */
	isDeleted: boolean;
	/** Whether somebody who goes by these JIDs was in the group when it was sent. */
	wentTo: (names: string[]) => boolean;
}
