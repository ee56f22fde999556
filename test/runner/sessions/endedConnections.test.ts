import { Credentials } from '../../../runner/whatsapp/Credentials';
import { collectGarbage } from '../../fuzz/webhooks/collectGarbage';
import { SessionRig } from './SessionRig';

const RESTARTS = 3;

describe('connections that have ended', () => {
	const { load } = Credentials;
	/** What every part of a connection's socket holds on to, one for each connection. */
	let opened: Array<WeakRef<object>>;

	beforeEach(() => {
		opened = [];
		Credentials.load = (...parameters) => {
			const credentials = load.apply(Credentials, parameters);
			opened.push(new WeakRef(credentials.value));
			return credentials;
		};
	});
	afterEach(() => {
		Credentials.load = load;
	});

	const countAlive = () => {
		collectGarbage();
		return opened.filter((credentials) => credentials.deref() !== undefined).length;
	};

	test('leave nothing behind: after any number of them no more than two sockets are in memory', async () => {
		const rig = await SessionRig.create();
		try {
			const device = await rig.link();
			const contact = rig.simulator.createContact({ number: '15550002222' });
			const talk = async (n: number) => {
				await device.receipted(await contact.sendText(rig.phone, `text ${n}`));
				await rig.send(contact.number, `answer ${n}`);
			};
			await talk(0);
			device.drop('tcpReset');
			await device.whenOffline();
			await device.whenOnline();
			for (let n = 1; n <= RESTARTS; n++) {
				await talk(n);
				await rig.session.restart();
				await device.whenOnline();
			}
			await rig.untilState('connected');
			expect(opened.length).toBeGreaterThan(RESTARTS + 1);
			// The last one ended may be held by what is still being done with it.
			await rig.until(() => countAlive() <= 2, 'the ended ones to be collected');
		} finally {
			await rig.remove();
		}
	}, 60_000);
});
