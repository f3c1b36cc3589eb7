/** Where the metadata of a policy decision point without a path are (AuthZEN 1.0, PDP metadata; RFC 8615). */
export const authzenMetadataPath = '/.well-known/authzen-configuration';

/** What enforcement points need to know of this decision point. */
export function authzenMetadata(publicUrl: string): Record<string, string> {
  const base = publicUrl.replace(/\/+$/, '');
  const endpoint = (name: string) => `${base}/api/v1/access/v1/${name}`;
  return {
    policy_decision_point: base,
    access_evaluation_endpoint: endpoint('evaluation'),
    access_evaluations_endpoint: endpoint('evaluations'),
    search_subject_endpoint: endpoint('search/subject'),
    search_resource_endpoint: endpoint('search/resource'),
    search_action_endpoint: endpoint('search/action'),
  };
}
