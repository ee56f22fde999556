import { ApiError } from '../../runner/ApiError';
import { toKeyHash } from '../../runner/instances/apiKey';
import { drawQr } from '../../runner/qr/drawQr';
import { welcome } from '../../runner/welcome';
import { TestApi } from './http/TestApi';

describe('welcome', () => {
	let api: TestApi;
	let printed: string;
	let stop: AbortController;

	beforeEach(async () => {
		api = await TestApi.start();
		printed = '';
		stop = new AbortController();
	});
	afterEach(() => api.stop());

	const greet = (isInteractive = true, showQrText = false) =>
		welcome(
			{ url: api.url, adminKeyFile: '/somewhere/admin-key', ...api.parts },
			{ write: (text) => (printed += text), isInteractive, showQrText, signal: stop.signal },
		);
	/** A new instance shows these codes; after the last of them its phone is linked. */
	const offerCodes = (codes: string[]) => {
		const { sessions } = api;
		const add = sessions.add.bind(sessions);
		sessions.add = (id) => {
			const session = add(id);
			session.state = { ...session.state, state: 'linking' };
			session.qr = async () => {
				const qr = codes.shift();
				if (qr === undefined) throw new ApiError('instance_already_linked');
				return { qr, expiresAt: Date.now() };
			};
			return session;
		};
	};
	const draw = (qr: string) => drawQr(qr, { isColoured: true });

	test('the first start makes one instance, shows its key and draws each code until it is linked', async () => {
		offerCodes(['2@first,a,b,c', '2@second,a,b,c']);
		await greet();
		expect(printed).toContain(api.url);
		expect(api.parts.instances.list().map(({ name }) => name)).toEqual(['default']);
		const [, apiKey = ''] = /apiKey: (\S+)/.exec(printed) ?? [];
		expect(api.parts.instances.findByKeyHash(toKeyHash(apiKey))?.name).toBe('default');
		expect(printed).toContain(draw('2@first,a,b,c'));
		expect(printed).toContain(draw('2@second,a,b,c'));
		expect(printed).not.toContain('2@first,a,b,c');
		expect(printed).toMatch(/Linked\./);
	});

	test('where nobody looks, output is a log: no instance is made, no key and no code are shown', async () => {
		offerCodes(['2@first,a,b,c']);
		await greet(false);
		expect(api.parts.instances.list()).toEqual([]);
		expect(printed).toMatch(/POST \/api\/instances/);
		expect(printed).not.toMatch(/apiKey:|scan|\u2584/);
	});

	test('while the connection restarts after a scan it waits, and then says that it is linked', async () => {
		const { sessions } = api;
		const add = sessions.add.bind(sessions);
		sessions.add = (id) => {
			const session = add(id);
			session.qr = async () => {
				session.state = { ...session.state, state: 'reconnecting' };
				setTimeout(() => (session.state = { ...session.state, state: 'connected' }), 20);
				return { qr: '2@scanned,a,b,c', expiresAt: Date.now() + 60_000 };
			};
			return session;
		};
		await greet();
		expect(printed).toMatch(/Linked\./);
		expect(printed).not.toMatch(/run out/);
	});

	test('a code is printed as text only for a simulated phone', async () => {
		offerCodes(['2@text,a,b,c']);
		await greet(true, true);
		expect(printed).toContain('2@text,a,b,c\n');
	});

	test('when the codes have run out it says so instead of asking for ever', async () => {
		offerCodes(['2@only,a,b,c']);
		const { sessions } = api;
		const add = sessions.add.bind(sessions);
		sessions.add = (id) => {
			const session = add(id);
			const { qr } = session;
			session.qr = async (options) => {
				const code = await qr(options);
				session.state = { ...session.state, state: 'unlinked' };
				return code;
			};
			return session;
		};
		await greet();
		expect(printed).toMatch(/run out/);
	});

	test('what keeps a code from coming is said with its remedy', async () => {
		const { sessions } = api;
		const add = sessions.add.bind(sessions);
		sessions.add = (id) => {
			const session = add(id);
			session.state = { ...session.state, state: 'unlinked' };
			session.qr = () => Promise.reject(new ApiError('engine_down'));
			return session;
		};
		await greet();
		expect(printed).toMatch(/engine of this instance is down\. .*restart/);
	});

	test('later starts make nothing and show no key', async () => {
		await api.createInstance('mine');
		await greet(true);
		expect(api.parts.instances.list()).toHaveLength(1);
		expect(printed).toContain(api.url);
		expect(printed).toContain('/somewhere/admin-key');
		expect(printed).toMatch(/"mine", \w+/);
		expect(printed).not.toMatch(/apiKey|scan/);
	});

	test('an only instance that was never linked is offered again, to a person only', async () => {
		offerCodes(['2@again,a,b,c']);
		const { session } = await api.createInstance('default');
		session.state = { ...session.state, state: 'unlinked' };
		await greet(false);
		expect(printed).not.toContain('scan');
		await greet(true);
		expect(printed).toContain('scan');
	});

	test('stops waiting when the runner stops', async () => {
		const { sessions } = api;
		const add = sessions.add.bind(sessions);
		sessions.add = (id) => {
			const session = add(id);
			session.state = { ...session.state, state: 'linking' };
			session.qr = async () => ({ qr: '2@long,a,b,c', expiresAt: Date.now() + 60_000 });
			return session;
		};
		const greeting = greet();
		setImmediate(() => stop.abort());
		await greeting;
		expect(printed).not.toMatch(/Linked\.|run out/);
	});
});
