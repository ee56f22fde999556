import { proofsIn } from '../vocabulary/proofsIn';
import type { Proof } from '../vocabulary/Row';

/** What is promised, and the test that would fail if it were broken. */
export interface PromiseRow {
	area: 'Receiving' | 'Sending' | 'Delivery' | 'At rest' | 'One owner' | 'Nothing leaks';
	promise: string;
	test: Proof;
}

const barrier = proofsIn('test/runner/sessions/receiptsAfterCommit.test.ts');
const updates = proofsIn('test/endToEnd/updatePackage.test.ts');
const kills = proofsIn('test/endToEnd/killMinus9.test.ts');
const failures = proofsIn('test/runner/sessions/storageFailure.test.ts');
const messages = proofsIn('test/runner/sessions/messages.test.ts');
const receiving = proofsIn('test/runner/sessions/receiving.test.ts');
const large = proofsIn('test/runner/sessions/largeMessages.test.ts');
const bodies = proofsIn('test/runner/webhooks/toBodyText.test.ts');
const queue = proofsIn('test/runner/sessions/sending/SendQueue.test.ts');
const sending = proofsIn('test/runner/sessions/sending/delivery.test.ts');
const lost = proofsIn('test/runner/sessions/sending/lostOnTheWay.test.ts');
const order = proofsIn('test/runner/webhooks/dispatch/order.test.ts');
const breaker = proofsIn('test/runner/webhooks/dispatch/breaker.test.ts');
const fairness = proofsIn('test/runner/webhooks/dispatch/fairness.test.ts');
const deliveries = proofsIn('test/runner/webhooks/Deliveries.test.ts');
const webhooks = proofsIn('test/runner/webhooks/Webhooks.test.ts');
const retention = proofsIn('test/runner/webhooks/retention.test.ts');
const expiry = proofsIn('test/runner/ExpiryClock.test.ts');
const secrets = proofsIn('test/runner/webhooks/rotation.test.ts');
const sequence = proofsIn('test/runner/webhooks/sequence.test.ts');
const trigger = proofsIn('test/nodes/ApiWhatsAppWebTrigger/runnerConnection.test.ts');
const nodeDeliveries = proofsIn('test/nodes/ApiWhatsAppWeb/actions/deliveries.test.ts');
const reporter = proofsIn('test/runner/sessions/ConnectionReporter.test.ts');
const atRest = proofsIn('test/endToEnd/atRest.test.ts');
const masterKey = proofsIn('test/runner/storage/encryption/unlockKeys.test.ts');
const commands = proofsIn('test/runner/backup/openDataFolder.test.ts');
const rotation = proofsIn('test/runner/storage/encryption/KeyRotation.test.ts');
const sealedFile = proofsIn('test/runner/media/sealed/SealedFile.test.ts');
const mediaStore = proofsIn('test/runner/media/MediaStore.test.ts');
const sealer = proofsIn('test/runner/storage/encryption/Sealer.test.ts');
const damagedFolder = proofsIn('test/endToEnd/damagedValues.test.ts');
const damagedWebhooks = proofsIn('test/runner/webhooks/damaged.test.ts');
const damagedQueue = proofsIn('test/runner/sessions/sending/damaged.test.ts');
const moving = proofsIn('test/endToEnd/moveInstance.test.ts');
const running = proofsIn('test/runner/createRunner.test.ts');
const reconnecting = proofsIn('test/runner/sessions/reconnecting.test.ts');
const corpus = proofsIn('test/runner/address/corpus.test.ts');
const leaks = proofsIn('test/endToEnd/nothingLeaked.test.ts');
const authentication = proofsIn('test/runner/http/authenticate.test.ts');
const slowness = proofsIn('test/runner/http/limitRequestTime.test.ts');

export const PROMISES: readonly PromiseRow[] = [
	{
		area: 'Receiving',
		promise: 'No receipt leaves before its message is on disk, and no text before its ratchet',
		test: barrier(
			'of ${RECEIVED + SENT} messages, direct and in a group, texts and files, no receipt left before its message was on disk, and no ciphertext before its ratchet',
		),
	},
	{
		area: 'Receiving',
		promise: 'kill -9 loses no message, and repeats none under another event id',
		test: kills(
			'kill -9 of the runner, ${ROUNDS} rounds (seed ${SEED}): loses no message, repeats none under another id, and sends each text and file once',
		),
	},
	{
		area: 'Receiving',
		promise: 'A commit that fails lets nothing out; everything is read again, and comes once',
		test: failures('no receipt leaves, everything is read again, and the message arrives once'),
	},
	{
		area: 'Receiving',
		promise: 'What came while offline is told once, in order, marked late',
		test: messages('what came while offline arrives once, in order, and is marked late'),
	},
	{
		area: 'Receiving',
		promise: 'What cannot be decrypted is told as such, never dropped in silence',
		test: receiving('what no retry can bring back is told as undecryptable, never dropped'),
	},
	{
		area: 'Receiving',
		promise: 'Messages of megabytes are told once, cut and marked, and what follows is told too',
		test: large(
			'%s: it is told once, cut and marked, in a body that n8n takes, and what follows is told too',
		),
	},
	{
		area: 'Receiving',
		promise: 'The body of an event is at most 1 MB, whatever it tells of',
		test: bodies('is at most 1 MB with every field full of %s, is marked, and says whose it is'),
	},
	{
		area: 'Sending',
		promise: 'A text whose row is not on disk has not left',
		test: failures('a text whose row was not written has not left, and goes out once afterwards'),
	},
	{
		area: 'Sending',
		promise: 'A full disk is said to the caller, and nothing is sent in secret',
		test: failures(
			'a disk that stays full is said to the caller, and the text is not sent in secret',
		),
	},
	{
		area: 'Sending',
		promise: 'Callers who are told "queued" when the runner stops: the next one sends it',
		test: failures(
			'a runner that stops tells waiting callers that their text is queued, and the next one sends it',
		),
	},
	{
		area: 'Sending',
		promise: 'A crash between upload and send leads to the same message, once',
		test: queue('a crash between upload and send leads to the same message, under the same id'),
	},
	{
		area: 'Sending',
		promise: 'One Idempotency-Key sends once, files included, over a restart',
		test: sending(
			'a file under one Idempotency-Key is uploaded and sent once, also after a restart',
		),
	},
	{
		area: 'Sending',
		promise: 'A chat keeps its order, also when a file takes long to upload',
		test: sending(
			'a file and the text after it arrive in that order, also when the upload is slow',
		),
	},
	{
		area: 'Sending',
		promise: 'A group message whose connection was lost under it can be read when it is sent again',
		test: lost(
			'a group message that brings the group its key, lost with the connection, can be read when it is sent again',
		),
	},
	{
		area: 'Sending',
		promise: 'A group message waits when WhatsApp does not say in time who is to read it',
		test: lost(
			'a group message for which WhatsApp does not say in time who has which devices leaves when it does',
		),
	},
	{
		area: 'Sending',
		promise:
			'Whoever could not read a message gets it again, though WhatsApp does not answer at first',
		test: lost(
			'a group message that a member asks for again while WhatsApp does not answer reaches it when it does',
		),
	},
	{
		area: 'Sending',
		promise:
			'A message that WhatsApp refuses under the number of a contact arrives by LID, once, also when the connection is lost in between',
		test: {
			file: 'test/runner/sessions/sending/addressing.test.ts',
			title:
				'gets it once when the connection is lost under the second try, which is not made under the number again',
		},
	},
	{
		area: 'Sending',
		promise: 'Whoever asks for a message again gets it only if it was sent to them',
		test: {
			file: 'test/runner/sessions/retries.test.ts',
			title: 'never goes to whom it was not sent, whatever the receipt claims',
		},
	},
	{
		area: 'Sending',
		promise:
			'A group member with a new phone reads the next message, also when it never asks again',
		test: {
			file: 'test/runner/sessions/newIdentity.test.ts',
			title: 'reads what comes next after a restart',
		},
	},
	{
		area: 'Delivery',
		promise: 'Events of a chat arrive in order, whatever their answers take',
		test: order('events of a chat arrive in order, also when answers take differently long'),
	},
	{
		area: 'Delivery',
		promise: 'A failing event leaves the fast lane after its third attempt, and its chat goes on',
		test: order('after its third failure an event goes its own way and its chat goes on'),
	},
	{
		area: 'Delivery',
		promise: 'The gap that leaves is visible in webhook-seq',
		test: sequence(
			'shows the gap that a failing event leaves, and closes it when that event comes',
		),
	},
	{
		area: 'Delivery',
		promise: 'A workflow sees that gap as well, in seq of the trigger’s output',
		test: trigger('shows the number of each delivery, so that a workflow sees what is missing'),
	},
	{
		area: 'Delivery',
		promise: 'A receiver that fails as a whole is probed with one delivery at a time',
		test: breaker('is tried with one delivery at a time, and the others lose no attempt'),
	},
	{
		area: 'Delivery',
		promise: 'After a day away it gets everything, in order and once',
		test: breaker(
			'gets everything, in order and once, within five minutes of being well again, after a day',
		),
	},
	{
		area: 'Delivery',
		promise: 'A receiver that hangs costs another one nothing',
		test: fairness(
			'receivers that hang cost another one nothing: from event to delivery, with none and with ten of them',
		),
	},
	{
		area: 'Delivery',
		promise: 'What failed can be delivered again for 30 days: one, by range, all',
		test: deliveries(
			'one that failed can be delivered again for thirty days, byte for byte, one by one and together',
		),
	},
	{
		area: 'Delivery',
		promise: 'A workflow lists what failed, with every attempt, and has it delivered again',
		test: nodeDeliveries('delivers all that failed again, and says how many'),
	},
	{
		area: 'Delivery',
		promise: 'What is pending is not deleted, however short things are kept',
		test: retention('what is pending outlives any time to live that is shorter than its schedule'),
	},
	{
		area: 'Delivery',
		promise: 'What failed is kept for the whole time from its last attempt',
		test: retention(
			'thirty days count from the outcome: the whole of them is left after the last attempt',
		),
	},
	{
		area: 'Delivery',
		promise: 'What is deleted undelivered is logged and counted',
		test: retention(
			'what goes although nobody has accepted it is logged and counted, by number alone',
		),
	},
	{
		area: 'Delivery',
		promise: 'A receiver that never comes back fills no disk',
		test: retention(
			'a receiver that never comes back fills no disk: what waits while it fails as a whole ends after thirty days, and goes after thirty more',
		),
	},
	{
		area: 'Delivery',
		promise: 'A clock that leaps ahead for a while makes next to nothing expire',
		test: expiry('when the clock leaps ahead by a month, a minute costs less than half an hour'),
	},
	{
		area: 'Delivery',
		promise: 'A replaced secret signs for a day, also when it is replaced again meanwhile',
		test: secrets('however often and whenever: those and only those sign whose time is not over'),
	},
	{
		area: 'Delivery',
		promise: '410 disables a receiver and says so; what waits is kept',
		test: webhooks(
			'410 disables the receiver and says so; what waits for it is kept and sent once it is set again',
		),
	},
	{
		area: 'Delivery',
		promise: 'A flapping network does not flood',
		test: reporter('a connection that comes back within 15 s is no news'),
	},
	{
		area: 'At rest',
		promise: 'No text, name, file or secret is on disk in plain after real use and a kill',
		test: atRest('all of it was stored, sealed'),
	},
	{
		area: 'At rest',
		promise: 'A stored file that was damaged, cut short or mixed up is an error, never wrong bytes',
		test: sealedFile('a flipped bit, wherever it is'),
	},
	{
		area: 'At rest',
		promise: 'Any part of a stored file can be asked for, also at the borders of its chunks',
		test: sealedFile(
			'any part of it is the part that was asked for, also at the borders of its chunks',
		),
	},
	{
		area: 'At rest',
		promise: 'A change of keys leaves all files readable and touches none of them',
		test: mediaStore(
			'a change of the data key touches rows and no file, and all can be read afterwards',
		),
	},
	{
		area: 'At rest',
		promise: 'A wrong master key ends the start before anything is served or changed',
		test: atRest(
			'another master key ends the start before anything is served or changed; with the previous one at hand it goes on',
		),
	},
	{
		area: 'At rest',
		promise: 'A master key is replaced only where the operator names it as the previous one',
		test: masterKey(
			'of the data folder gives way to one that is given when it is named as the previous one, and comes back likewise',
		),
	},
	{
		area: 'At rest',
		promise: 'No command changes the master key of a folder',
		test: commands(
			'a folder with a key of its own, beside n8n’s settings, keeps it: its runner starts as before',
		),
	},
	{
		area: 'At rest',
		promise: 'Keys are replaced beside the traffic, and a kill in the middle loses nothing',
		test: rotation('killed in the middle of it, over and over, loses nothing and ends'),
	},
	{
		area: 'At rest',
		promise: 'Every flipped bit is noticed',
		test: sealer('every flipped bit is noticed'),
	},
	{
		area: 'At rest',
		promise: 'A damaged value holds up nothing but what it belongs to, also at the next start',
		test: damagedFolder(
			'everything runs that can: one event has failed, what follows it arrives, lists are complete',
		),
	},
	{
		area: 'At rest',
		promise: 'An event that is damaged has failed and says why, and its chat goes on',
		test: damagedWebhooks(
			'its delivery has failed and says why; its chat and the other chats go on',
		),
	},
	{
		area: 'At rest',
		promise: 'A receiver whose secret is damaged is held, and gets what waited once it is rotated',
		test: damagedWebhooks(
			'holds that receiver alone, says so, and what came meanwhile goes out after a rotation',
		),
	},
	{
		area: 'At rest',
		promise: 'A waiting message that is damaged has failed and says why; the others go out',
		test: damagedQueue(
			'a waiting message whose %s is damaged has failed and says why; the others go out',
		),
	},
	{
		area: 'One owner',
		promise: 'An instance moves without a new QR code, and does not log in at its old place',
		test: moving(
			'goes on at its new place without a new QR code, and does not log in at the old one',
		),
	},
	{
		area: 'One owner',
		promise: 'An instance is not exported while a runner owns its folder',
		test: moving('is not exported while a runner has its data folder, which is named'),
	},
	{
		area: 'One owner',
		promise: 'A lock file that was deleted lets no second runner in',
		test: running(
			'a second one is refused as well when somebody has deleted the lock and its address answers',
		),
	},
	{
		area: 'One owner',
		promise:
			'An update of the package while the runner lives hands over to the new version: no message lost or told twice, one login at a time',
		test: updates(
			'hands over to a runner of the new version by itself: no message is lost or told twice, there is one login at a time, and what is loaded late works',
		),
	},
	{
		area: 'One owner',
		promise: 'Processes with different versions do not take the runner from one another',
		test: updates('goes to the newer version and stays there while processes of both versions ask'),
	},
	{
		area: 'One owner',
		promise: 'Two clients with one login do not fight for ever',
		test: reconnecting('replaced by another process again and again: it gives way and says so'),
	},
	{
		area: 'Nothing leaks',
		promise: 'More than a hundred spellings of private addresses reach nobody',
		test: corpus('http://%s is refused for webhooks and media'),
	},
	{
		area: 'Nothing leaks',
		promise: 'A name that changes its address between look-up and dialling gains nothing',
		test: corpus(
			'a name that was public when it was looked at and is private when it is dialled gains nothing',
		),
	},
	{
		area: 'Nothing leaks',
		promise: 'No number, name, text, key, code or URL in the log',
		test: leaks('the log tells what happened, but no number, name, text, key, code or URL'),
	},
	{
		area: 'Nothing leaks',
		promise: 'The metrics name nobody',
		test: leaks('the metrics count all of it and name nobody'),
	},
	{
		area: 'Nothing leaks',
		promise: 'Every file of the data folder is its owner’s alone',
		test: leaks(
			'every file of the data folder is its owner’s alone, those of the running database included',
		),
	},
	{
		area: 'Nothing leaks',
		promise: 'Wrong keys are slowed down, right ones always open, also after a restart',
		test: authentication(
			'is still opened to by the right keys: those of others behind the same proxy',
		),
	},
	{
		area: 'Nothing leaks',
		promise: 'Slow requests are ended',
		test: slowness('a text that comes too slowly is answered 408, however steadily it comes'),
	},
];
