// A session of the npm package fhir-kit-client: node fhir-kit-client.mjs BASE TOKEN. Each line of its output is a step that went well.
import assert from 'node:assert/strict';
import { Client } from 'fhir-kit-client';

const [baseUrl, bearerToken] = process.argv.slice(2);
const client = new Client({ baseUrl, bearerToken });
const system = 'urn:x-canonbury:fhir-kit-client';
const patient = (value, family) => ({ resourceType: 'Patient', identifier: [{ system, value }], name: [{ family }] });

const statement = await client.capabilityStatement();
assert.equal(statement.fhirVersion, '4.0.1');
console.log('metadata');

const created = await client.create({ resourceType: 'Patient', body: patient('K1', 'Osei') });
assert.equal(created.meta.versionId, '1');
console.log('create');

const read = await client.read({ resourceType: 'Patient', id: created.id });
assert.deepEqual(read, created);
console.log('read');

const updated = await client.update({ resourceType: 'Patient', id: created.id, body: { ...created, gender: 'female' } });
assert.equal(updated.meta.versionId, '2');
console.log('update');

const first = await client.vread({ resourceType: 'Patient', id: created.id, version: '1' });
assert.equal(first.gender, undefined);
console.log('vread');

const found = await client.search({ resourceType: 'Patient', searchParams: { identifier: `${system}|K1` } });
assert.deepEqual(found.entry.map((entry) => entry.resource.id), [created.id]);
console.log('search');

const posted = await client.resourceSearch({
  resourceType: 'Patient', searchParams: { identifier: `${system}|K1` }, options: { postSearch: true },
});
assert.deepEqual(posted.entry.map((entry) => entry.resource.id), [created.id]);
console.log('search by POST');

const patched = await client.patch({
  resourceType: 'Patient', id: created.id, jsonPatch: [{ op: 'replace', path: '/gender', value: 'other' }],
});
assert.deepEqual([patched.gender, patched.meta.versionId], ['other', '3']);
console.log('patch');

const history = await client.history({ resourceType: 'Patient', id: created.id });
assert.deepEqual(history.entry.map((entry) => entry.resource.meta.versionId), ['3', '2', '1']);
console.log('history');

const weight = (kilograms) => ({
  fullUrl: `urn:uuid:${crypto.randomUUID()}`,
  request: { method: 'POST', url: 'Observation' },
  resource: {
    resourceType: 'Observation', status: 'final', code: { text: 'Weight' }, subject: { reference: `Patient/${created.id}` },
    valueQuantity: { value: kilograms, unit: 'kg' },
  },
});
const transaction = await client.transaction({
  body: { resourceType: 'Bundle', type: 'transaction', entry: [71, 72, 73, 74, 75].map(weight) },
});
assert.deepEqual(transaction.entry.map((entry) => entry.response.status.slice(0, 3)), Array(5).fill('201'));
console.log('transaction');

const values = [];
let page = await client.search({ resourceType: 'Observation', searchParams: { patient: created.id, _count: 2 } });
for (; page; page = await client.nextPage({ bundle: page })) {
  values.push(...(page.entry ?? []).map((entry) => entry.resource.valueQuantity.value));
}
assert.deepEqual(values.toSorted(), [71, 72, 73, 74, 75]);
console.log('paging');

const everything = await client.operation({ name: 'everything', resourceType: 'Patient', id: created.id, method: 'GET' });
assert.equal(everything.entry.length, 6);
const narrowed = await client.operation({
  name: 'everything', resourceType: 'Patient', id: created.id,
  input: { resourceType: 'Parameters', parameter: [{ name: '_type', valueString: 'Observation' }] },
});
assert.equal(narrowed.entry.length, 5);
console.log('everything');

const compartment = await client.compartmentSearch({ resourceType: 'Observation', compartment: { resourceType: 'Patient', id: created.id } });
assert.equal(compartment.entry.length, 5);
console.log('compartment');

await assert.rejects(
  client.create({ resourceType: 'Patient', body: { resourceType: 'Patient', birthDate: 'soon' } }),
  (error) => error.response.status === 400 && error.response.data.issue[0].expression[0] === 'Patient.birthDate',
);
console.log('refusal');

await client.delete({ resourceType: 'Patient', id: created.id });
await assert.rejects(client.read({ resourceType: 'Patient', id: created.id }), (error) => error.response.status === 410);
console.log('delete');
