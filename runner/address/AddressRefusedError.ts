/** A host name led to an address that may not be dialled. */
export class AddressRefusedError extends Error {
	override readonly name = 'AddressRefusedError';
	readonly code = 'EADDRESSREFUSED';

	constructor(
		message = 'The host name leads to a private or reserved address, which is not allowed.',
	) {
		super(message);
	}
}
