import type { PreKeyBundle } from '../signal/libsignal';
import { childOf, childrenOf, element } from '../stanzas/element';
import { toJidParts } from '../stanzas/jid';
import { Phone } from '../accounts/Phone';
import type { SimulatorContext } from '../SimulatorContext';
import { readPreKeyList, readSignedPreKey, toBundleElements } from './preKeys';
import type { Answer } from './QueryTable';

const NOT_FOUND = 404;

/** Upload and download of the keys that Signal sessions begin with. */
export const preKeyQueries: ReadonlyArray<readonly [string, Answer]> = [
	['encrypt/get/count', ({ device }) => [element('count', { value: device.keys.count })]],
	[
		'encrypt/set/registration',
		({ device, request }) => {
			device.keys.add(readPreKeyList(request));
			device.keys.signedPreKey = readSignedPreKey(request);
			device.changed.notify();
			return [];
		},
	],
	[
		'encrypt/set/rotate',
		({ device, request }) => {
			const rotate = childOf(request, 'rotate');
			if (rotate) device.keys.signedPreKey = readSignedPreKey(rotate);
			return [];
		},
	],
	['encrypt/get/digest', () => [element('digest')]],
	[
		'encrypt/get/key',
		({ context, request }) => {
			const users = childrenOf(childOf(request, 'key')).map(({ attrs: { jid } }) => {
				const bundle = findBundle(context, jid);
				const failure = element('error', { code: NOT_FOUND, text: 'item-not-found' });
				return element('user', { jid }, bundle ? toBundleElements(bundle) : [failure]);
			});
			return [element('list', {}, users)];
		},
	],
];

function findBundle(context: SimulatorContext, jid: string | undefined): PreKeyBundle | undefined {
	const person = context.directory.findPerson(jid);
	const device = toJidParts(jid)?.device ?? 0;
	if (device === 0) return person?.party.createBundle();
	if (!(person instanceof Phone)) return undefined;
	return person.devices.find(({ id }) => id === device)?.takeBundle();
}
