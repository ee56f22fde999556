import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { type BlockList, isIP, type LookupFunction } from 'node:net';
import type { ErrorCode } from '../../contract';
import { createGuardedLookup, type ResolveName } from './createGuardedLookup';
import { type AddressRules, matchesName, NO_RULES } from './AddressRules';
import { isLoopbackAddress, isRefusedAddress, withoutZone } from './isRefusedAddress';
import { matchesHost } from './matchesHost';
import { toBlockList } from './toBlockList';

export interface AddressGuardOptions {
	/** Hosts (`name`, `name:port`, addresses) that may be private. */
	allowPrivateHosts: readonly string[];
	/** Hosts that may be called without TLS. */
	allowHttpHosts: readonly string[];
	/** `host:port` of the n8n that runs this runner: who shares the machine may have it called there. */
	parentHosts?: readonly string[];
	/** Of the n8n that runs this runner. */
	rules?: AddressRules | undefined;
	resolve?: ResolveName;
}

/** Which addresses the runner may call: the one place that decides it. */
export class AddressGuard {
	private readonly publicOnly: LookupFunction;
	private readonly publicOrLoopback: LookupFunction;
	private readonly unrestricted: LookupFunction;
	private readonly privateOnly: LookupFunction;
	private readonly rules: AddressRules;
	private readonly allowed: BlockList;
	private readonly blocked: BlockList;

	constructor(private readonly options: AddressGuardOptions) {
		const resolve = options.resolve ?? resolveName;
		this.rules = options.rules ?? NO_RULES;
		this.allowed = toBlockList(this.rules.allowedRanges);
		this.blocked = toBlockList(this.rules.blockedRanges);
		this.publicOnly = createGuardedLookup(resolve, (address) => !this.isRefused(address));
		this.publicOrLoopback = createGuardedLookup(
			resolve,
			(address) => !this.isRefused(address) || isLoopbackAddress(address),
		);
		this.unrestricted = createGuardedLookup(resolve, () => true);
		this.privateOnly = createGuardedLookup(
			resolve,
			isRefusedAddress,
			'The host name leads to a public address, where only https is allowed.',
		);
	}

	/**
	 * Why a URL may not be called, as far as it can be seen without looking its name up; undefined if
	 * it may. `allowLoopback`: the caller shares this machine, and may name its own n8n's address.
	 */
	refusalOf(text: string, { allowLoopback }: { allowLoopback: boolean }): ErrorCode | undefined {
		const url = URL.canParse(text) ? new URL(text) : undefined;
		if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return 'https_webhook_required';
		const isLoopbackAllowed = allowLoopback && isLoopbackHost(toHost(url));
		const isParent = allowLoopback && this.isParent(url);
		const isPlainAllowed = isLoopbackAllowed || (isParent && !isPublicAddress(toHost(url)));
		if (url.protocol === 'http:' && !isPlainAllowed && !this.isHttpAllowed(url)) {
			return 'https_webhook_required';
		}
		// A user name in a URL is how one host is dressed up as another; receivers get a signature instead.
		if (url.username !== '' || url.password !== '') return 'webhook_address_refused';
		if (isLoopbackAllowed || isParent || this.isPrivateAllowed(url)) return undefined;
		const host = toHost(url);
		const isRefused =
			isIP(host) === 0
				? isLoopbackHost(host) || matchesName(host, this.rules.blockedHostnames)
				: this.isRefused(host);
		return isRefused ? 'webhook_address_refused' : undefined;
	}

	/** The look-up to dial this URL with: names that lead to refused addresses fail there. */
	lookupFor(text: string, { allowLoopback }: { allowLoopback: boolean }): LookupFunction {
		const url = new URL(text);
		if (this.isPrivateAllowed(url)) return this.unrestricted;
		if (allowLoopback && this.isParent(url)) {
			const isOpen = url.protocol === 'https:' || this.isHttpAllowed(url);
			return isOpen ? this.unrestricted : this.privateOnly;
		}
		return allowLoopback ? this.publicOrLoopback : this.publicOnly;
	}

	/** Whether a URL may lead to this machine, and by its host does. */
	isLoopback(text: string, { allowLoopback }: { allowLoopback: boolean }): boolean {
		return allowLoopback && isLoopbackHost(toHost(new URL(text)));
	}

	private isParent(url: URL): boolean {
		return matchesHost(url, this.options.parentHosts ?? []);
	}

	private isHttpAllowed(url: URL): boolean {
		return matchesHost(url, this.options.allowHttpHosts);
	}

	private isPrivateAllowed(url: URL): boolean {
		return (
			matchesHost(url, this.options.allowPrivateHosts) ||
			matchesName(toHost(url), this.rules.allowedHostnames)
		);
	}

	private isRefused(address: string): boolean {
		const bare = withoutZone(address);
		const family = isIP(bare) === 6 ? 'ipv6' : 'ipv4';
		if (this.allowed.check(bare, family)) return false;
		return isRefusedAddress(bare) || this.blocked.check(bare, family);
	}
}

/** WHATWG URLs have turned decimal, octal and hexadecimal spellings into plain addresses already. */
function toHost(url: URL): string {
	return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function isPublicAddress(host: string): boolean {
	return isIP(host) !== 0 && !isRefusedAddress(host);
}

function isLoopbackHost(host: string): boolean {
	return host === 'localhost' || host.endsWith('.localhost') || isLoopbackAddress(host);
}

function resolveName(
	hostname: string,
	callback: (error: Error | null, addresses: LookupAddress[]) => void,
): void {
	systemLookup(hostname, { all: true }, callback);
}
