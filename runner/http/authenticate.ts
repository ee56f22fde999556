import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../ApiError';
import { isSameHash, toKeyHash } from '../instances/apiKey';
import type { InstanceRecord, InstanceStore } from '../instances/InstanceStore';
import type { WrongKeys } from './WrongKeys';

interface Doorkeeper {
	instances: Pick<InstanceStore, 'find' | 'findByKeyHash'>;
	/** `toKeyHash` of the admin key. */
	adminKeyHash: string;
	wrongKeys: Pick<WrongKeys, 'count'>;
}

/** Who calls, and with what. */
export interface Caller {
	/** The address of the other end of the connection. */
	address: string;
	headers: IncomingHttpHeaders;
}

const ID_MISSING = 'Send the id of the instance in the id header.';
const ADMIN_KEY_MISSING = 'Send the admin key in the apiKey header.';

/** Lets the admin key through, nothing else. Throws `invalid_api_key` or `rate_limited`. */
export function authenticateAdmin(
	{ adminKeyHash, instances, wrongKeys }: Doorkeeper,
	{ address, headers }: Caller,
): void {
	const key = toKey(headers);
	if (key === undefined) throw new ApiError('invalid_api_key', ADMIN_KEY_MISSING);
	const keyHash = toKeyHash(key);
	if (isSameHash(keyHash, adminKeyHash)) return;
	if (!instances.findByKeyHash(keyHash)) wrongKeys.count(address);
	throw new ApiError('invalid_api_key', ADMIN_KEY_MISSING);
}

/**
 * The instance a call is for: its own key, or the admin key, with its id. Throws `invalid_api_key`
 * for another instance's key, `instance_not_found` for a missing or unknown id with a valid key,
 * `rate_limited` after too many wrong keys.
 */
export function authenticateInstance(
	{ instances, adminKeyHash, wrongKeys }: Doorkeeper,
	{ address, headers }: Caller,
): InstanceRecord {
	const key = toKey(headers);
	if (key === undefined) throw new ApiError('invalid_api_key');
	const keyHash = toKeyHash(key);
	const isAdmin = isSameHash(keyHash, adminKeyHash);
	const owner = isAdmin ? undefined : instances.findByKeyHash(keyHash);
	if (!isAdmin && !owner) {
		wrongKeys.count(address);
		throw new ApiError('invalid_api_key');
	}
	const id = toText(headers.id);
	if (id === undefined) throw new ApiError('instance_not_found', ID_MISSING);
	const instance = owner?.id === id ? owner : instances.find(id);
	if (!instance) throw new ApiError('instance_not_found');
	if (owner && owner !== instance) throw new ApiError('invalid_api_key');
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
