import type { FastifyInstance } from 'fastify';
import type { HttpParts } from './HttpParts';
import { addAdminRoutes } from './routes/adminRoutes';
import { addChangeRoutes } from './routes/changeRoutes';
import { addChatRoutes } from './routes/chatRoutes';
import { addConfigRoutes } from './routes/configRoutes';
import { addDeliveryRoutes } from './routes/deliveryRoutes';
import { addGroupRoutes } from './routes/groupRoutes';
import { addHandoverRoutes } from './routes/handoverRoutes';
import { addInstanceRoutes } from './routes/instanceRoutes';
import { addLinkingRoutes } from './routes/linkingRoutes';
import { addLookupRoutes } from './routes/lookupRoutes';
import { addMediaRoutes } from './routes/mediaRoutes';
import { addMediaSendRoutes } from './routes/mediaSendRoutes';
import { addMessageRoutes } from './routes/messageRoutes';
import { addOperationRoutes } from './routes/operationRoutes';
import { addPasskeyRoutes } from './routes/passkeyRoutes';
import { addPeopleRoutes } from './routes/peopleRoutes';
import { addPictureRoutes } from './routes/pictureRoutes';
import { addProfileRoutes } from './routes/profileRoutes';
import { addSubscriptionRoutes } from './routes/subscriptionRoutes';

/** Every route of the contract. */
export function addAllRoutes(server: FastifyInstance, parts: HttpParts): void {
	addMessageRoutes(server, parts);
	addChangeRoutes(server, parts);
	addLookupRoutes(server, parts);
	addMediaRoutes(server, parts);
	// Within a context of their own: only they take multipart forms.
	void server.register((scope) => addMediaSendRoutes(scope, parts));
	void server.register((scope) => addPictureRoutes(scope, parts));
	addPeopleRoutes(server, parts);
	addChatRoutes(server, parts);
	addGroupRoutes(server, parts);
	addProfileRoutes(server, parts);
	addInstanceRoutes(server, parts);
	addLinkingRoutes(server, parts);
	addPasskeyRoutes(server, parts);
	addConfigRoutes(server, parts);
	addSubscriptionRoutes(server, parts);
	addDeliveryRoutes(server, parts);
	addAdminRoutes(server, parts);
	addHandoverRoutes(server, parts);
	addOperationRoutes(server, parts);
}
