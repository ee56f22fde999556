export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RouteDefinition {
	method: HttpMethod;
	path: string;
	/** Which key opens it: an instance's (or the admin's with an id), the admin's alone, or none. */
	access: 'instance' | 'admin' | 'public';
	/** Whether the hosted service's documentation promises it. */
	hosted: boolean;
	summary: string;
}

/** Every route of the HTTP API. The OpenAPI document, the docs and the nodes are held against it. */
export const ROUTES = {
	sendText: route('POST', '/api/text', 'instance', true, 'Send a text message'),
	getMessage: route('GET', '/api/message/:messageId', 'instance', false, 'Look a message up'),
	getInstance: route('GET', '/api/instance', 'instance', false, 'State of the instance'),
	connect: route('POST', '/api/instance/connect', 'instance', false, 'Connect, or begin linking'),
	getQr: route('GET', '/api/instance/qr', 'instance', false, 'The QR code to scan'),
	pairingCode: route(
		'POST',
		'/api/instance/pairing-code',
		'instance',
		false,
		'Ask for a pairing code',
	),
	restart: route('POST', '/api/instance/restart', 'instance', false, 'Reconnect the instance'),
	logout: route(
		'POST',
		'/api/instance/logout',
		'instance',
		false,
		'Unlink the instance from the phone',
	),
	getConfig: route('GET', '/api/config', 'instance', false, 'The five webhook URLs'),
	setWebhook: route(
		'PUT',
		'/api/config/:event',
		'instance',
		true,
		'Set the webhook URL of an event',
	),
	testWebhook: route(
		'POST',
		'/api/config/:event/test',
		'instance',
		false,
		'Deliver a sample of an event',
	),
	rotateWebhookSecret: route(
		'POST',
		'/api/config/secret',
		'instance',
		false,
		'Rotate the signing secret',
	),
	listSubscriptions: route('GET', '/api/subscriptions', 'instance', false, 'List subscriptions'),
	createSubscription: route('POST', '/api/subscriptions', 'instance', false, 'Subscribe to events'),
	getSubscription: route('GET', '/api/subscriptions/:id', 'instance', false, 'One subscription'),
	deleteSubscription: route('DELETE', '/api/subscriptions/:id', 'instance', false, 'Unsubscribe'),
	rotateSubscriptionSecret: route(
		'POST',
		'/api/subscriptions/:id/secret',
		'instance',
		false,
		'Rotate a subscription’s secret',
	),
	listDeliveries: route('GET', '/api/deliveries', 'instance', false, 'List deliveries'),
	redeliver: route('POST', '/api/deliveries/:id/redeliver', 'instance', false, 'Deliver one again'),
	redeliverMany: route(
		'POST',
		'/api/deliveries/redeliver',
		'instance',
		false,
		'Deliver many again',
	),
	listInstances: route('GET', '/api/instances', 'admin', false, 'List instances'),
	createInstance: route('POST', '/api/instances', 'admin', false, 'Create an instance'),
	readInstance: route('GET', '/api/instances/:id', 'admin', false, 'One instance'),
	renameInstance: route('PATCH', '/api/instances/:id', 'admin', false, 'Rename an instance'),
	deleteInstance: route(
		'DELETE',
		'/api/instances/:id',
		'admin',
		false,
		'Log out and delete an instance',
	),
	rotateInstanceKey: route('POST', '/api/instances/:id/key', 'admin', false, 'Make a new API key'),
	livez: route('GET', '/livez', 'public', false, 'Whether the process is alive'),
	readyz: route('GET', '/readyz', 'public', false, 'Whether the runner is ready'),
	metrics: route('GET', '/metrics', 'public', false, 'Prometheus metrics'),
	openapi: route('GET', '/openapi.json', 'public', false, 'This API as OpenAPI 3'),
} as const;

export type RouteName = keyof typeof ROUTES;

function route(
	method: HttpMethod,
	path: string,
	access: RouteDefinition['access'],
	hosted: boolean,
	summary: string,
): RouteDefinition {
	return { method, path, access, hosted, summary };
}
