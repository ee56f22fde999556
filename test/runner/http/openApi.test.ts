import { ROUTES, type RouteDefinition } from '../../../contract';
import { createServer } from '../../../runner/http/createServer';
import { ADMIN_KEY, TestApi } from './TestApi';

interface Operation {
	operationId: string;
	summary: string;
	security: object[];
	responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>;
}

describe('/openapi.json', () => {
	let api: TestApi;
	let paths: Record<string, Record<string, Operation>>;

	beforeAll(async () => {
		api = await TestApi.start();
		const { body } = await api.call('GET', '/openapi.json');
		({ paths } = body as { paths: typeof paths });
	});
	afterAll(() => api.stop());

	const routes = Object.entries(ROUTES as Record<string, RouteDefinition>);

	test.each(routes)('describes %s as the contract has it', (name, route) => {
		const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
		const operation = paths[path]?.[route.method.toLowerCase()];
		expect(operation).toMatchObject({ operationId: name, summary: route.summary });
		expect(operation?.security).toEqual(
			{
				public: [],
				admin: [{ apiKey: [] }],
				instance: [{ apiKey: [], instanceId: [] }],
			}[route.access],
		);
	});

	test('describes nothing that the contract does not have', () => {
		const described = Object.values(paths).flatMap((path) =>
			Object.values(path).map(({ operationId }) => operationId),
		);
		expect(described.sort()).toEqual(routes.map(([name]) => name).sort());
	});

	test('gives each route the shape of its success and of its errors', () => {
		for (const path of Object.values(paths)) {
			for (const { operationId, responses } of Object.values(path)) {
				const success = Object.keys(responses).filter((status) => status.startsWith('2'));
				expect([operationId, success.length > 0]).toEqual([operationId, true]);
				for (const status of success) expect(responses[status]).toHaveProperty('content');
				expect(responses['4XX']?.content?.['application/json']?.schema).toEqual({
					$ref: '#/components/schemas/Error',
				});
			}
		}
	});

	test('is open to all and holds no key', async () => {
		const { text } = await api.call('GET', '/openapi.json');
		expect(text).not.toContain(ADMIN_KEY);
	});

	test('the server has exactly the routes of the contract, and HEAD for what can be read', async () => {
		const server = createServer(api.parts);
		const served: string[] = [];
		server.addHook('onRoute', ({ method, url }) => {
			served.push(...[method].flat().map((one) => `${one} ${url}`));
		});
		await server.ready();
		await server.close();
		const wanted = routes.flatMap(([, { method, path }]) =>
			method === 'GET' ? [`GET ${path}`, `HEAD ${path}`] : [`${method} ${path}`],
		);
		expect(served.sort()).toEqual(wanted.sort());
	});
});
