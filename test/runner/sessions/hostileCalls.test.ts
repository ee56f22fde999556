import type { LinkedDevice } from '../../simulator';
import { element } from '../../simulator/stanzas/element';
import { SessionRig } from './SessionRig';

describe('a caller who speaks of the calls of others', () => {
	let rig: SessionRig;
	let device: LinkedDevice;
	beforeAll(async () => {
		rig = await SessionRig.create();
		device = await rig.link();
	});
	afterAll(() => rig.remove());

	const told = (): unknown[] =>
		rig.of('received').map(({ number, call }) => [number, call?.status]);

	test.each(['pn', 'lid'] as const)(
		'does not end them, nor call in their name (%s)',
		async (addressing) => {
			rig.events.length = 0;
			const [annNumber, malloryNumber] =
				addressing === 'pn' ? ['15550002222', '15550006666'] : ['15550002223', '15550006667'];
			const ann = rig.simulator.createContact({ number: annNumber, addressing });
			const mallory = rig.simulator.createContact({ number: malloryNumber, addressing });
			await mallory.sendText(rig.phone, 'known by number');
			const call = ann.call(rig.phone);
			const say = (tag: string, callId: string, creator: string) =>
				mallory.sendStanza(rig.phone, 'call', {}, [
					element(tag, { 'call-id': callId, 'call-creator': creator, caller_pn: ann.pn }),
				]);
			say('terminate', call.id, ann.jid);
			say('accept', call.id, mallory.jid);
			say('offer', `of-mallory-${addressing}`, ann.jid);
			call.hangUp();
			await device.drained();
			await rig.until(() => told().length >= 4, 'three words of calls');
			expect(told()).toEqual([
				[malloryNumber, undefined],
				[annNumber, 'ringing'],
				[malloryNumber, 'ringing'],
				[annNumber, 'missed'],
			]);
		},
	);
});
