import type { Phone } from '../accounts/Phone';
import { childrenOf, element } from '../stanzas/element';
import type { Answer, Query } from './QueryTable';

/** What the client asks after login; the order is that of Baileys 7.0.0-rc14. */
export const startupQueries: ReadonlyArray<readonly [string, Answer]> = [
	['passive/set/active', activate],
	['passive/set/passive', () => []],
	['abt/get/props', () => [element('props', { hash: 'simulated' }, [])]],
	['blocklist/get/', () => [element('list')]],
	['privacy/get/privacy', ({ device }) => [toPrivacy(device.phone)]],
	['privacy/set/privacy', () => []],
	['privacy/set/tokens', () => []],
	['w:sync:app:state/set/sync', syncAppState],
	['urn:xmpp:whatsapp:dirty/set/clean', () => []],
	['w:stats/undefined/add', () => []],
	['w:stats//add', () => []],
];

/** From `<active/>` on the client gets what waits for it; the first time also keys and history. */
function activate({ client, device }: Query): ReturnType<Answer> {
	return {
		result: [],
		after: () => {
			client.ready = true;
			device.deliverBacklog();
			if (device.synced) return;
			device.synced = true;
			void device.phone.sync(device);
		},
	};
}

function toPrivacy({ readReceipts }: Phone) {
	const settings = ['readreceipts', 'last', 'online', 'profile', 'status', 'groupadd', 'calladd'];
	const categories = settings.map((name) => {
		const value = name === 'readreceipts' ? readReceipts : 'all';
		return element('category', { name, value });
	});
	return element('privacy', {}, categories);
}

/** No patches of the server; patches of the client are accepted with the next version and forgotten. */
function syncAppState({ request }: Query): ReturnType<Answer> {
	const [sync] = childrenOf(request);
	const collections = childrenOf(sync).map(({ attrs, content }) => {
		const patches = Array.isArray(content) ? content.filter(({ tag }) => tag === 'patch') : [];
		const version = Number(attrs.version ?? 0) + patches.length;
		return element('collection', { name: attrs.name, version });
	});
	return [element('sync', {}, collections)];
}
