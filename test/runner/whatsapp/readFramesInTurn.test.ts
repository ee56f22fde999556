import { deflateSync } from 'node:zlib';
import { encodeBinaryNode, type BinaryNode } from '@whiskeysockets/baileys';
import { toFrame } from '../../simulator/stanzas/FrameReader';
import type { Contact, LinkedDevice } from '../../simulator';
import { SessionRig } from '../sessions/SessionRig';

describe('frames that are not as they should be', () => {
	let rig: SessionRig;
	let device: LinkedDevice;
	let ann: Contact;

	beforeEach(async () => {
		rig = await SessionRig.create();
		device = await rig.link();
		ann = rig.simulator.createContact({ number: '15550002222' });
	});
	afterEach(() => rig.remove());

	test.each([
		['empty', 0],
		['too short for its tag', 5],
		['encrypted with another key', 60],
	])('one that is %s ends the connection; the next one brings what was missed', async (_, size) => {
		const { logins } = rig.simulator.counters;
		device.socket?.sendRaw(toFrame(Buffer.alloc(size, 7)));
		const id = await ann.sendText(rig.phone, 'after');
		expect((await rig.event('received')).messageId).toBe(id);
		expect(rig.simulator.counters.logins).toBe(logins + 1);
	});

	test.each([
		['no stanza at all', Buffer.alloc(0)],
		['a stanza that ends early', Buffer.from([0, 248, 3])],
		['broken compression', Buffer.from([2, 1, 2, 3])],
	])('one that holds %s is passed over, and the connection goes on', async (_, bytes) => {
		const { logins } = rig.simulator.counters;
		device.socket?.sendEncrypted(bytes);
		const id = await ann.sendText(rig.phone, 'after');
		expect((await rig.event('received')).messageId).toBe(id);
		expect(rig.simulator.counters.logins).toBe(logins);
	});

	test('a compressed one is not overtaken by those that come after it', async () => {
		const nodes: BinaryNode[] = [];
		const deliver = device.deliver.bind(device);
		device.deliver = (node) => void nodes.push(node);
		for (let n = 0; n < 10; n++) await ann.sendText(rig.phone, String(n));
		device.deliver = deliver;
		for (const [index, node] of nodes.entries()) {
			const bytes = encodeBinaryNode(node);
			// The first byte tells whether the rest is compressed.
			const compressed = Buffer.concat([Buffer.from([2]), deflateSync(bytes.subarray(1))]);
			device.socket?.sendEncrypted(index % 3 === 0 ? compressed : bytes);
		}
		await rig.event('received', 10);
		expect(rig.of('received').map(({ message }) => message)).toEqual(
			nodes.map((_, index) => String(index)),
		);
	});
});
