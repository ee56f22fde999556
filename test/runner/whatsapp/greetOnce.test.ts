import { SessionRig } from '../sessions/SessionRig';

describe('a second greeting of the server', () => {
	test('changes nothing: the account still sends, after a restart as well', async () => {
		const rig = await SessionRig.create();
		try {
			const device = await rig.link();
			const ann = rig.simulator.createContact({ number: '15550002222' });
			device.deliverVolatile({ tag: 'success', attrs: { lid: 'nonsense', t: '1' } });
			const id = await ann.sendText(rig.phone, 'after');
			await device.receipted(id);
			expect((await rig.send(ann.number, 'still here')).state).toBe('sent');
			await rig.restart();
			await rig.untilState('connected');
			expect((await rig.send(ann.number, 'and here')).state).toBe('sent');
		} finally {
			await rig.remove();
		}
	});
});
