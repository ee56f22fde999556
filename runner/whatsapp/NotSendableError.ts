/** This message cannot be sent, on this connection or any other: nobody to encrypt it for. */
export class NotSendableError extends Error {
	override readonly name = 'NotSendableError';
	constructor() {
		super('The message cannot be encrypted for its recipient.');
	}
}
