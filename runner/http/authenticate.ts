import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../ApiError';
import { isSameHash, toKeyHash } from '../instances/apiKey';
import type { InstanceRecord, InstanceStore } from '../instances/InstanceStore';

interface Doorkeeper {
	instances: Pick<InstanceStore, 'find' | 'findByKey'>;
	/** `toKeyHash` of the admin key. */
	adminKeyHash: string;
}

const ID_MISSING = 'Send the id of the instance in the id header.';

/** Lets the admin key through, nothing else. Throws `invalid_api_key`. */
export function authenticateAdmin({ adminKeyHash }: Doorkeeper, headers: IncomingHttpHeaders) {
	const key = toKey(headers);
	if (key === undefined || !isSameHash(toKeyHash(key), adminKeyHash)) {
		throw new ApiError('invalid_api_key', 'Send the admin key in the apiKey header.');
	}
}

/**
 * The instance a call is for: its own key, or the admin key, with its id. Throws `invalid_api_key`
 * for another instance's key, `instance_not_found` for a missing or unknown id with a valid key.
 */
export function authenticateInstance(
	{ instances, adminKeyHash }: Doorkeeper,
	headers: IncomingHttpHeaders,
): InstanceRecord {
	const key = toKey(headers);
	if (key === undefined) throw new ApiError('invalid_api_key');
	const isAdmin = isSameHash(toKeyHash(key), adminKeyHash);
	const owner = isAdmin ? undefined : instances.findByKey(key);
	if (!isAdmin && !owner) throw new ApiError('invalid_api_key');
	const id = toText(headers.id);
	if (id === undefined) throw new ApiError('instance_not_found', ID_MISSING);
	const instance = instances.find(id);
	if (!instance) throw new ApiError('instance_not_found');
	if (owner && owner.id !== instance.id) throw new ApiError('invalid_api_key');
	return instance;
}

/** The key in either of its headers, with or without `Bearer`. */
function toKey(headers: IncomingHttpHeaders): string | undefined {
	const value = toText(headers.apikey) ?? toText(headers.authorization);
	return value?.replace(/^Bearer\s+/i, '');
}

function toText(value: string | string[] | undefined): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
