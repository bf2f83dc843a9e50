// A session of the npm package fhirclient, which apps of SMART use: node fhirclient.mjs BASE TOKEN. Each line of its output is a step that went well.
import assert from 'node:assert/strict';
import fhir from 'fhirclient';

const [serverUrl, accessToken] = process.argv.slice(2);
const system = 'urn:x-canonbury:fhirclient';
const setUp = (patientId) => fhir({ headers: {} }, { setHeader() {} }, { get() {}, set() {}, unset() {} }).client({
  serverUrl, tokenResponse: { access_token: accessToken, token_type: 'Bearer', patient: patientId },
});

let client = setUp(undefined);
const created = await client.create({ resourceType: 'Patient', identifier: [{ system, value: 'S1' }], name: [{ family: 'Kowalska' }] });
assert.equal(created.meta.versionId, '1');
console.log('create');

client = setUp(created.id);
const own = await client.patient.read();
assert.deepEqual(own, created);
console.log('read of the patient in context');

for (const kilograms of [61, 62, 63, 64, 65]) {
  await client.create({
    resourceType: 'Observation', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
    subject: { reference: `Patient/${created.id}` }, valueQuantity: { value: kilograms, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
  });
}

const weights = await client.request(`Observation?patient=${created.id}&_count=2`, { pageLimit: 0, flat: true });
assert.deepEqual(weights.map((weight) => client.units.kg(weight.valueQuantity)).toSorted(), [61, 62, 63, 64, 65]);
console.log('every page of a search');

const resolved = await client.request(`Observation/${weights[0].id}`, { resolveReferences: 'subject' });
assert.equal(resolved.subject.name[0].family, 'Kowalska');
console.log('reference');

const updated = await client.update({ ...created, gender: 'female' });
assert.equal(updated.meta.versionId, '2');
console.log('update');

const version = await client.getFhirVersion();
assert.equal(version, '4.0.1');
console.log('version');

await assert.rejects(client.request('Patient/not-there'), (error) => error.statusCode === 404);
console.log('refusal');

await client.delete(`Observation/${weights[0].id}`);
await assert.rejects(client.request(`Observation/${weights[0].id}`), (error) => error.statusCode === 410);
console.log('delete');
