/** This message cannot be sent, on this connection or any other: nobody to encrypt it for. */
export class NotSendableError extends Error {
	override readonly name = 'NotSendableError';
	constructor() {
		super('The message cannot be encrypted for its recipient.');
	}
}

/** WhatsApp did not answer who is to receive this message; it was not sent. */
export class NoAnswerError extends Error {
	override readonly name = 'NoAnswerError';
	constructor() {
		super('WhatsApp did not answer in time.');
	}
}

/** The file of a message is not in the store any more. */
export class MissingFileError extends Error {
	override readonly name = 'MissingFileError';
	constructor() {
		super('The file of the message is gone.');
	}
}
