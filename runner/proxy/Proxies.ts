import type { AddressGuard } from '../address';
import type { ProxyAddress } from './ProxyAddress';
import { toGuarded } from './toAllowedProxyUrl';
import { WhatsAppProxy } from './WhatsAppProxy';

interface ProxiesOptions {
	/** Of the operator, who may use any address. */
	ofRunner: ProxyAddress | undefined;
	ofInstance: (instanceId: string) => ProxyAddress | null;
	/** Which addresses the proxies of instances may have. */
	guard: AddressGuard;
}

/** Through which proxy each instance reaches WhatsApp. */
export class Proxies {
	constructor(private readonly options: ProxiesOptions) {}

	/**
	 * The instance's own, else the runner's; undefined for none. Throws when it cannot be used: then there
	 * must be no connection, rather than one that shows the address which the proxy was to hide.
	 */
	of(instanceId: string): WhatsAppProxy | undefined {
		const { ofRunner, ofInstance, guard } = this.options;
		const own = ofInstance(instanceId);
		if (!own) return ofRunner && new WhatsAppProxy(ofRunner);
		const url = toGuarded(own);
		if (guard.refusalOf(url, { allowLoopback: false })) {
			throw new Error(
				'The address of the proxy of this instance is private or reserved. Set another, or allow it with AWW_ALLOW_PRIVATE_WEBHOOK_HOSTS; then restart this instance.',
			);
		}
		return new WhatsAppProxy(own, { lookup: guard.lookupFor(url, { allowLoopback: false }) });
	}
}
