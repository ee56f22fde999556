export interface ErrorDefinition {
	/** HTTP status. */
	status: number;
	/** What went wrong, in plain words: the `error` field. */
	error: string;
	/** What to do about it: the `hint` field, when the place of failure has nothing better to say. */
	hint: string;
	/** Whether the same call can succeed later without being changed. */
	retryable: boolean;
}

/** The closed table of errors: every error body the API answers with is a row of it. */
export const ERRORS = {
	invalid_api_key: {
		status: 401,
		error: 'Invalid API Key',
		hint: 'Send the key of this instance, or the admin key, in the apiKey header.',
		retryable: false,
	},
	instance_not_found: {
		status: 400,
		error: 'Instance not found',
		hint: 'Check the id header; GET /api/instances with the admin key lists the instances.',
		retryable: false,
	},
	invalid_body: {
		status: 400,
		error: 'Body in wrong format',
		hint: 'Compare the body with the documentation of this route.',
		retryable: false,
	},
	invalid_query: {
		status: 400,
		error: 'Query in wrong format',
		hint: 'Compare the query parameters with the documentation of this route.',
		retryable: false,
	},
	malformed_request: {
		status: 400,
		error: 'Request cannot be read',
		hint: 'Send a well-formed HTTP request: a valid URL, valid headers and valid JSON.',
		retryable: false,
	},
	invalid_header: {
		status: 400,
		error: 'Header in wrong format',
		hint: 'Compare the headers with the documentation of this route.',
		retryable: false,
	},
	invalid_number: {
		status: 400,
		error: 'This is not a WhatsApp number',
		hint: 'Give the number with country code, such as 5554991997181, or a JID ending in @s.whatsapp.net, @lid or @g.us.',
		retryable: false,
	},
	empty_text: {
		status: 400,
		error: 'The message is empty',
		hint: 'Give at least one character that is not white space.',
		retryable: false,
	},
	text_too_long: {
		status: 400,
		error: 'The message is longer than WhatsApp allows',
		hint: 'Send at most 65,536 characters; split longer texts into several messages.',
		retryable: false,
	},
	media_invalid: {
		status: 400,
		error: 'The file cannot be used',
		hint: 'Check that the file is complete and of the kind this route sends; other kinds go with /api/document.',
		retryable: false,
	},
	image_missing: {
		status: 400,
		error: 'No image provided. Please upload a file, send a Base64 string, or provide a URL.',
		hint: 'Put it into the field "image" of a JSON body, or into the part "image" of a multipart form.',
		retryable: false,
	},
	image_format: {
		status: 400,
		error: 'Image format error',
		hint: 'Send a complete JPEG, PNG or WebP file.',
		retryable: false,
	},
	media_address_refused: {
		status: 400,
		error: 'This media address is not allowed',
		hint: 'Use an https:// URL of a public host. The operator of a session runner can allow single hosts with AWW_ALLOW_HTTP_WEBHOOK_HOSTS and AWW_ALLOW_PRIVATE_WEBHOOK_HOSTS.',
		retryable: false,
	},
	https_webhook_required: {
		status: 400,
		error: 'API WhatsApp Web only accepts HTTPS webhooks',
		hint: 'Use an https:// URL. The operator of a session runner can allow single hosts with AWW_ALLOW_HTTP_WEBHOOK_HOSTS.',
		retryable: false,
	},
	webhook_address_refused: {
		status: 400,
		error: 'This webhook address is not allowed',
		hint: 'Use a public host name. The operator of a session runner can allow private hosts with AWW_ALLOW_PRIVATE_WEBHOOK_HOSTS.',
		retryable: false,
	},
	invalid_proxy_url: {
		status: 400,
		error: 'This is not the address of a proxy',
		hint: 'Give the URL of an http, https or socks5 proxy, such as http://user:password@proxy.example:3128.',
		retryable: false,
	},
	proxy_address_refused: {
		status: 400,
		error: 'This proxy address is not allowed',
		hint: 'Use a proxy with a public address. The operator of a session runner can allow private hosts with AWW_ALLOW_PRIVATE_WEBHOOK_HOSTS, or set AWW_PROXY_URL for all instances.',
		retryable: false,
	},
	unknown_event: {
		status: 404,
		error: 'Unknown event',
		hint: 'The events are sent, received, status, disconnected and connected.',
		retryable: false,
	},
	message_not_found: {
		status: 404,
		error: 'Message not found',
		hint: 'Check the messageId; messages are kept for a limited time, 30 days unless configured otherwise.',
		retryable: false,
	},
	media_not_found: {
		status: 404,
		error: 'This message has no file',
		hint: 'Only images, videos, audio, documents and stickers have one; messages and their files are kept for a limited time.',
		retryable: false,
	},
	call_not_found: {
		status: 404,
		error: 'Call not found',
		hint: 'Give the call.id of a received event with type call.',
		retryable: false,
	},
	group_not_found: {
		status: 404,
		error: 'Group not found',
		hint: 'Check the id; GET /api/groups lists the groups this account is in.',
		retryable: false,
	},
	contact_not_found: {
		status: 404,
		error: 'Contact not found',
		hint: 'GET /api/contacts lists the contacts this instance knows.',
		retryable: false,
	},
	chat_not_found: {
		status: 404,
		error: 'Chat not found',
		hint: 'GET /api/chats lists the chats this instance knows.',
		retryable: false,
	},
	subscription_not_found: {
		status: 404,
		error: 'Subscription not found',
		hint: 'GET /api/subscriptions lists the subscriptions of this instance.',
		retryable: false,
	},
	delivery_not_found: {
		status: 404,
		error: 'Delivery not found',
		hint: 'GET /api/deliveries lists the deliveries of this instance; they are kept for 30 days.',
		retryable: false,
	},
	call_ended: {
		status: 409,
		error: 'This call does not ring any more',
		hint: 'Only a call that rings can be rejected: it was taken, rejected or missed before. GET /api/message/:messageId with its id shows which.',
		retryable: false,
	},
	webhook_not_set: {
		status: 409,
		error: 'No webhook URL is set for this event',
		hint: 'Set one with PUT /api/config/<event> first.',
		retryable: false,
	},
	instance_exists: {
		status: 409,
		error: 'There is already an instance of this name',
		hint: 'Choose another name; GET /api/instances lists the instances.',
		retryable: false,
	},
	route_not_found: {
		status: 404,
		error: 'Not found',
		hint: 'GET /openapi.json lists every route.',
		retryable: false,
	},
	method_not_allowed: {
		status: 405,
		error: 'Method not allowed',
		hint: 'The Allow header names the methods of this route.',
		retryable: false,
	},
	request_timeout: {
		status: 408,
		error: 'The request did not arrive in time',
		hint: 'Send the whole request at once; check the connection between you and the session runner.',
		retryable: true,
	},
	body_too_large: {
		status: 413,
		error: 'The body is too large',
		hint: 'JSON bodies may have 1 MB.',
		retryable: false,
	},
	media_too_large: {
		status: 413,
		error: 'The file is too large',
		hint: 'Send a smaller file; the operator of a session runner sets the limit with AWW_MEDIA_MAX_MB.',
		retryable: false,
	},
	unsupported_media_type: {
		status: 415,
		error: 'Unsupported media type',
		hint: 'Send JSON with Content-Type: application/json.',
		retryable: false,
	},
	headers_too_large: {
		status: 431,
		error: 'The URL and headers are too large',
		hint: 'URL and headers together may have 16 KB.',
		retryable: false,
	},
	instance_not_linked: {
		status: 409,
		error: 'This instance is not linked to a phone',
		hint: 'Link it first: GET /api/instance/qr and scan the code in WhatsApp under Linked devices, or use a pairing code.',
		retryable: false,
	},
	instance_already_linked: {
		status: 409,
		error: 'This instance is already linked',
		hint: 'Log it out with POST /api/instance/logout before linking another phone.',
		retryable: false,
	},
	handover_refused: {
		status: 409,
		error: 'This session runner stays',
		hint: 'It makes room for a newer version only, and only when n8n has started it. Use it as it is, or stop it yourself.',
		retryable: false,
	},
	instance_blocked: {
		status: 409,
		error: 'WhatsApp has blocked this number',
		hint: 'Open WhatsApp on the phone to see why; the runner does not reconnect by itself.',
		retryable: false,
	},
	qr_not_ready: {
		status: 409,
		error: 'There is no QR code yet',
		hint: 'Ask again with ?wait=30, and check that the runner can reach WhatsApp.',
		retryable: true,
	},
	passkey_required: {
		status: 409,
		error: 'WhatsApp asks for the passkey of this account',
		hint: 'Answer the challenge of GET /api/instance/passkey in a browser on web.whatsapp.com, as docs/http-api.md describes; some accounts are not asked any more when the passkey is removed on the phone under Settings, Account, Passkeys.',
		retryable: false,
	},
	passkey_not_asked: {
		status: 409,
		error: 'WhatsApp does not wait for this step with a passkey',
		hint: 'Begin linking first; GET /api/instance tells in lastError when WhatsApp asks for a passkey.',
		retryable: false,
	},
	too_many_subscriptions: {
		status: 409,
		error: 'This instance has as many subscriptions as it may have',
		hint: 'An instance may have 100. DELETE /api/subscriptions/:id takes away those that are not needed any more; GET /api/subscriptions lists them.',
		retryable: false,
	},
	idempotency_conflict: {
		status: 409,
		error: 'This Idempotency-Key was used with another body',
		hint: 'Use a new key for each different request.',
		retryable: false,
	},
	rejected_by_whatsapp: {
		status: 422,
		error: 'WhatsApp refused the message',
		hint: 'Check that the number is on WhatsApp and that this account may write to it.',
		retryable: false,
	},
	not_on_whatsapp: {
		status: 422,
		error: 'This number is not on WhatsApp',
		hint: 'Check the number and its country code; nothing was sent.',
		retryable: false,
	},
	not_own_message: {
		status: 422,
		error: 'This message was not sent by this account',
		hint: 'Only own messages can be changed or deleted for everyone.',
		retryable: false,
	},
	too_late_to_edit: {
		status: 422,
		error: 'WhatsApp no longer allows editing this message',
		hint: 'Texts can be edited for 15 minutes; send a new message instead.',
		retryable: false,
	},
	too_late_to_delete: {
		status: 422,
		error: 'WhatsApp no longer allows deleting this message for everyone',
		hint: 'Messages can be deleted for everyone for about two days.',
		retryable: false,
	},
	message_not_editable: {
		status: 422,
		error: 'This kind of message cannot be edited',
		hint: 'Only texts and captions can be changed; delete it and send a new one.',
		retryable: false,
	},
	message_content_gone: {
		status: 422,
		error: 'The content of this message is not kept here',
		hint: 'Messages from before this instance was linked, expired ones and those of more than 1 MB cannot be quoted, forwarded or reacted to.',
		retryable: false,
	},
	group_change_refused: {
		status: 422,
		error: 'WhatsApp refused to do this with the group',
		hint: 'Check that this account is a member of the group, and an admin where the group asks for it.',
		retryable: false,
	},
	profile_change_refused: {
		status: 422,
		error: 'WhatsApp refused to change the profile',
		hint: 'Wait a few minutes and try again; pictures have to be square JPEG or PNG files.',
		retryable: true,
	},
	media_fetch_failed: {
		status: 422,
		error: 'The file could not be fetched',
		hint: 'Check that the URL answers with the file, without a login and in time.',
		retryable: true,
	},
	media_not_readable: {
		status: 422,
		error: 'The file cannot be converted',
		hint: 'Convert it first: voice notes are made of MP3, WAV, M4A or OGG, stickers of PNG, JPEG or WebP.',
		retryable: false,
	},
	media_gone: {
		status: 422,
		error: 'WhatsApp no longer has this file',
		hint: 'The phone has to be online to upload it again, and must still have it.',
		retryable: true,
	},
	pairing_code_refused: {
		status: 422,
		error: 'WhatsApp refused the request for a pairing code',
		hint: 'Check that it is the number of the phone to be linked, wait a few minutes, or scan the QR code instead.',
		retryable: true,
	},
	passkey_invalid: {
		status: 400,
		error: 'The answer of the passkey cannot be used',
		hint: 'Send what PublicKeyCredential.toJSON() gives for the challenge of now, unchanged.',
		retryable: false,
	},
	passkey_refused: {
		status: 422,
		error: 'WhatsApp refused the answer of the passkey',
		hint: 'Use the passkey of this WhatsApp account, in a browser on web.whatsapp.com; then begin linking again.',
		retryable: true,
	},
	rate_limited: {
		status: 429,
		error: 'Too many requests',
		hint: 'Wait for the time in the Retry-After header.',
		retryable: true,
	},
	runner_starting: {
		status: 503,
		error: 'The session runner is starting',
		hint: 'Try again in a few seconds; GET /readyz answers 200 once it is ready.',
		retryable: true,
	},
	runner_stopping: {
		status: 503,
		error: 'The session runner is stopping',
		hint: 'Try again in a few seconds.',
		retryable: true,
	},
	runner_replaced: {
		status: 503,
		error: 'The program of the session runner was replaced while it runs',
		hint: 'Try again in a few seconds: n8n starts the new version of its embedded runner by itself. A runner of your own has to be restarted.',
		retryable: true,
	},
	engine_down: {
		status: 503,
		error: 'The WhatsApp engine of this instance is down',
		hint: 'GET /api/instance shows lastError; POST /api/instance/restart starts it again.',
		retryable: true,
	},
	storage_unavailable: {
		status: 503,
		error: 'The session runner cannot write to its database',
		hint: 'Check free disk space and permissions of the data folder.',
		retryable: true,
	},
	internal_error: {
		status: 500,
		error: 'Internal error',
		hint: 'This is a fault of the session runner; its log has the details.',
		retryable: true,
	},
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof ERRORS;

/** The body of every error answer. */
export interface ErrorBody {
	error: string;
	code: ErrorCode;
	hint: string;
}

export function isErrorCode(value: unknown): value is ErrorCode {
	return typeof value === 'string' && Object.hasOwn(ERRORS, value);
}

/** A row of the error table as an answer; `hint` replaces the table's own when the caller knows better. */
export function toErrorBody(code: ErrorCode, hint?: string): ErrorBody {
	return { error: ERRORS[code].error, code, hint: hint ?? ERRORS[code].hint };
}
