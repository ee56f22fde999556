import { toNetworkError } from '../address/toNetworkError';

/** Why a proxy gave no way to WhatsApp, in words for people; it names the proxy without its user. */
export class ProxyError extends Error {
	override readonly name = 'ProxyError';
}

/** What follows the name of a proxy to which no connection could be made. */
export function toUnreachable(error: unknown): string {
	return `cannot be reached: ${toNetworkError(error)} Check its address and that it runs`;
}
