const DEFAULT_PORTS = { http: 80, https: 443, socks5: 1080 } as const;

type ProxyScheme = keyof typeof DEFAULT_PORTS;

/** The address of a proxy, taken apart; a host without the brackets of IPv6. */
export interface ProxyAddress {
	scheme: ProxyScheme;
	host: string;
	port: number;
	/** "" when none is needed. */
	user: string;
	password: string;
}

const MAX_URL_LENGTH = 2048;
/** What a SOCKS5 proxy can be told. */
const MAX_CREDENTIAL_BYTES = 255;

const SHAPE =
	'must be the URL of an http, https or socks5 proxy, such as http://user:password@proxy.example:3128 or socks5://proxy.example:1080, without a path.';
const CREDENTIALS =
	'has a user or password that cannot be read: write special characters percent-encoded (%40 for @, %25 for %), at most 255 bytes each, and no colon in the user.';

/** What is wrong with the address of a proxy, with the remedy; never repeats it. */
export class ProxyAddressError extends Error {
	override readonly name = 'ProxyAddressError';
}

/** Reads the URL of a proxy; `socks5h` is taken as `socks5`, whose names the proxy looks up here. Throws ProxyAddressError. */
export function readProxyAddress(text: string): ProxyAddress {
	const [, word = ''] = /^(https?|socks5h?):\/\//i.exec(text) ?? [];
	const scheme = word.toLowerCase().replace('socks5h', 'socks5') as ProxyScheme | '';
	// As http the host is brought to one spelling; only as itself the port 80 of another scheme stays.
	const given = URL.canParse(text) ? new URL(text) : undefined;
	const asHttp = text.replace(/^[a-z0-9]+/i, 'http');
	const url = URL.canParse(asHttp) ? new URL(asHttp) : undefined;
	if (scheme === '' || !given || !url?.hostname || text.length > MAX_URL_LENGTH) {
		throw new ProxyAddressError(SHAPE);
	}
	if (url.pathname !== '/' || url.search || url.hash || given.port === '0') {
		throw new ProxyAddressError(SHAPE);
	}
	const [user, password] = [toPlain(url.username), toPlain(url.password)];
	if (user.includes(':') || (user === '' && password !== '')) {
		throw new ProxyAddressError(CREDENTIALS);
	}
	return {
		scheme,
		host: url.hostname.replace(/^\[|\]$/g, ''),
		port: Number(given.port) || DEFAULT_PORTS[scheme],
		user,
		password,
	};
}

/** The address as text, to be read again; with its password. */
export function toProxyUrl(address: ProxyAddress): string {
	return toUrl(address, encodeURIComponent(address.password));
}

/** The address for people: its password is stars. */
export function toMaskedUrl(address: ProxyAddress): string {
	return toUrl(address, address.password && '***');
}

/** `host:port` */
export function toPlace({ host, port }: Pick<ProxyAddress, 'host' | 'port'>): string {
	return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function toUrl(address: ProxyAddress, password: string): string {
	const user = encodeURIComponent(address.user);
	const login = user && `${user}${password && `:${password}`}@`;
	return `${address.scheme}://${login}${toPlace(address)}`;
}

function toPlain(encoded: string): string {
	let plain: string;
	try {
		plain = decodeURIComponent(encoded);
	} catch {
		throw new ProxyAddressError(CREDENTIALS);
	}
	if (Buffer.byteLength(plain) > MAX_CREDENTIAL_BYTES) throw new ProxyAddressError(CREDENTIALS);
	return plain;
}
