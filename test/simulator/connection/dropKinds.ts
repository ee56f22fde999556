import type { BinaryNode } from '@whiskeysockets/baileys';
import { element } from '../stanzas/element';

/** The ways a server ends a connection. */
export type DropKind =
	| 'tcpReset'
	| 'close'
	| 'xmlstreamend'
	| 'replaced'
	| 'deviceRemoved'
	/** Without the code 401; Baileys then takes it for "replaced". */
	| 'deviceRemovedWithoutCode'
	| `streamError${number}`;

/** The stanza that precedes the end of the connection; undefined when there is none. */
export function toFarewell(how: DropKind): BinaryNode | undefined {
	switch (how) {
		case 'tcpReset':
		case 'close':
			return undefined;
		case 'xmlstreamend':
			return element('xmlstreamend');
		case 'replaced':
			return conflict('replaced');
		case 'deviceRemoved':
			return conflict('device_removed', 401);
		case 'deviceRemovedWithoutCode':
			return conflict('device_removed');
		default:
			return element('stream:error', { code: how.slice('streamError'.length) });
	}
}

const conflict = (type: string, code?: number): BinaryNode =>
	element('stream:error', { code }, [element('conflict', { type })]);
