export type ConnectionKind = 'embedded' | 'runner' | 'hosted';

/** Where calls go and as whom. */
export interface Connection {
	kind: ConnectionKind;
	/** Origin and path without a trailing slash; the routes of the contract are appended. */
	baseUrl: string;
	/** `id` is the instance's; empty for calls that are about no instance, with the admin key. */
	headers: { apiKey: string; id: string };
	/** How errors call the instance: its name when embedded, else its id. */
	instanceLabel: string;
}
