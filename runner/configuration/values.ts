import { isIP, isIPv4, isIPv6 } from 'node:net';
import { ProxyAddressError, readProxyAddress, type ProxyAddress } from '../proxy/ProxyAddress';
import { SettingError } from './SettingError';

const MAX_TTL_DAYS = 3650;
const MAX_ATTEMPTS = 50;
const MAX_WAIT_S = 30 * 86_400;
/** Above that one may as well have no limit. */
const MAX_MESSAGES_PER_MINUTE = 6_000;
const MAX_MB = 100_000_000;
const BYTES_PER_MB = 1_048_576;

/** Whether nothing but this machine can reach that host: 127.0.0.0/8, ::1 or localhost. */
export function isLoopbackHost(host: string): boolean {
	const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
	return bare === 'localhost' || bare === '::1' || (isIPv4(bare) && bare.startsWith('127.'));
}

export function toHost(text: string): string {
	const host = text.replace(/^\[|\]$/g, '').toLowerCase();
	if (isIPv6(host) || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(host)) return host;
	throw new SettingError('must be a host name or an IP address, such as 127.0.0.1 or 0.0.0.0.');
}

export function toPort(text: string): number {
	const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
	if (port <= 65_535) return port;
	throw new SettingError('must be a whole number from 0 to 65535.');
}

/** A key must survive the trip in an HTTP header unchanged, and not be guessed. */
export function toKey(text: string): string {
	if (/^[\x21-\x7e]{16,256}$/.test(text)) return text;
	throw new SettingError(
		'must be 16 to 256 printable ASCII characters without spaces, such as those of openssl rand -hex 32; unset it to have one made.',
	);
}

const MIN_ENCRYPTION_KEY_CHARACTERS = 32;

/** Long enough not to be guessed: it is not made slow to try, as a password would be. */
export function toEncryptionKey(text: string): string {
	if (text.length >= MIN_ENCRYPTION_KEY_CHARACTERS && !/\s/.test(text)) return text;
	throw new SettingError(
		`must be at least ${MIN_ENCRYPTION_KEY_CHARACTERS} random characters without spaces, such as those of openssl rand -hex 32.`,
	);
}

/** One key or several, with spaces between. */
export function toEncryptionKeys(text: string): readonly string[] {
	return Object.freeze(text.split(/\s+/).map(toEncryptionKey));
}

/** An http(s) URL, its slashes at the end removed. */
export function toPublicUrl(text: string): string {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isUsable =
		url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username;
	if (isUsable) return url.href.replace(/\/+$/, '');
	throw new SettingError(
		'must be an http:// or https:// URL without query, such as https://runner.example.org.',
	);
}

/** Hosts, each with or without a port, as `host` or `host:port` in lower case. */
export function toHosts(text: string): readonly string[] {
	const hosts = text.split(',').map((host) => host.trim().toLowerCase());
	return Object.freeze(hosts.filter((host) => host !== '').map(toAllowedHost));
}

function toAllowedHost(host: string): string {
	const bare = host.replace(/^\[(.*)\]$/, '$1');
	if (isIPv6(bare)) return bare;
	if (/^([a-z0-9]([a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:\d{1,5})?$/.test(host)) return host;
	throw new SettingError(
		'must list host names or IP addresses separated by commas, without https:// and paths.',
	);
}

/** Address ranges in CIDR notation; `default` is n8n's own list, which we refuse anyway. */
export function toRanges(text: string): readonly string[] {
	const ranges = toEntries(text).filter((range) => range !== 'default');
	const wrong = ranges.some((range) => {
		const [network = '', bits = '0', ...rest] = range.split('/');
		const mostBits = isIP(network) === 6 ? 128 : 32;
		return !isIP(network) || rest.length > 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > mostBits;
	});
	if (!wrong) return Object.freeze(ranges);
	throw new SettingError(
		'must list IP ranges separated by commas, such as 10.0.0.0/8 or fd00::/8.',
	);
}

/** Host names, each with or without `*.` before it, in lower case. */
export function toHostPatterns(text: string): readonly string[] {
	const patterns = toEntries(text);
	if (patterns.every((pattern) => /^(\*\.)?[^\s*/:@]+$/.test(pattern)))
		return Object.freeze(patterns);
	throw new SettingError(
		'must list host names separated by commas, such as files.example.com or *.example.com.',
	);
}

function toEntries(text: string): string[] {
	const entries = text.split(',').map((entry) => entry.trim().toLowerCase());
	return entries.filter((entry) => entry !== '');
}

export function toMessagesPerMinute(text: string): number {
	const count = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
	if (count <= MAX_MESSAGES_PER_MINUTE) return count;
	throw new SettingError('must be a whole number from 0 to 6000; 0 is no limit.');
}

/** Seconds, comma separated. */
export function toSchedule(text: string): readonly number[] {
	const waits = text.split(',').map((wait) => toDecimal(wait.trim()));
	const isUsable =
		waits.length <= MAX_ATTEMPTS && waits[0] === 0 && waits.every((wait) => wait <= MAX_WAIT_S);
	if (isUsable) return Object.freeze(waits);
	throw new SettingError(
		`must be up to ${MAX_ATTEMPTS} numbers of seconds separated by commas, the first 0 and none above ${MAX_WAIT_S}, such as 0,5,300.`,
	);
}

export function toDays(text: string): number {
	const days = toDecimal(text);
	if (days > 0 && days <= MAX_TTL_DAYS) return days;
	throw new SettingError(`must be a number of days above 0 and up to ${MAX_TTL_DAYS}.`);
}

/** Megabytes, given in bytes. */
export function toBytes(text: string): number {
	const megabytes = toDecimal(text);
	if (megabytes > 0 && megabytes <= MAX_MB) return Math.ceil(megabytes * BYTES_PER_MB);
	throw new SettingError('must be a number of megabytes above 0, such as 100.');
}

export function toFlag(text: string): boolean {
	if (/^(1|true)$/i.test(text)) return true;
	if (/^(0|false)$/i.test(text)) return false;
	throw new SettingError('must be 1 or 0.');
}

export function toOneOf<T extends string>(choices: readonly T[]): (text: string) => T {
	return (text) => {
		const choice = choices.find((known) => known === text.toLowerCase());
		if (choice !== undefined) return choice;
		throw new SettingError(`must be one of ${choices.join(', ')}.`);
	};
}

/** A WebSocket URL of this machine: simulators only. */
export function toSimulatorUrl(text: string): string {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url && /^wss?:$/.test(url.protocol) && isLoopbackHost(url.hostname)) return text;
	throw new SettingError(
		'must be a ws:// URL of this machine, such as ws://127.0.0.1:4000: it is for simulators only. Unset it to use WhatsApp.',
	);
}

/** 32 bytes as 64 hex digits. */
export function toRootKey(text: string): string {
	if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
	throw new SettingError('must be 64 hex digits: the simulator prints its key when it starts.');
}

/** The address of a proxy. */
export function toProxy(text: string): ProxyAddress {
	try {
		return Object.freeze(readProxyAddress(text));
	} catch (error) {
		throw error instanceof ProxyAddressError ? new SettingError(error.message) : error;
	}
}

export function refuseDatabaseUrl(): never {
	throw new SettingError(
		'is set, but this version stores in SQLite only: unset it; AWW_DATA_DIR says where.',
	);
}

function toDecimal(text: string): number {
	return /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
}
