/** A Role of the namespace and who has it, where the pods ask the API server. */
export function accessTemplate(metadata: string): string {
  return `{{- with .Values.access }}
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
${metadata.replaceAll(' . ', ' $ ')}
rules:
  {{- toYaml . | nindent 2 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
${metadata.replaceAll(' . ', ' $ ')}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ include "service.name" $ }}
subjects:
  - kind: ServiceAccount
    name: {{ include "service.name" $ }}
{{- end }}
`;
}

/** The name behind which Prometheus finds every pod. */
export const replicaServiceTemplate = `{{- if .Values.monitor.replicas }}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "service.name" . }}-replicas
  labels:
    app.kubernetes.io/instance: {{ include "service.platform" . }}
    app.kubernetes.io/part-of: {{ include "service.platform" . }}
spec:
  type: ClusterIP
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    {{- include "service.selectorLabels" . | nindent 4 }}
  ports:
    - name: metrics
      port: {{ int .Values.monitor.port }}
      targetPort: {{ int .Values.monitor.port }}
      protocol: TCP
{{- end }}
`;

/** For clusters with the Prometheus operator. */
export function monitorTemplate(metadata: string): string {
  return `{{- if .Values.monitor.enabled }}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
${metadata}
spec:
  selector:
    matchLabels:
      {{- include "service.selectorLabels" . | nindent 6 }}
  endpoints:
    - targetPort: {{ int .Values.monitor.port }}
      path: {{ .Values.monitor.path }}
      interval: 30s
      scrapeTimeout: 10s
{{- end }}
`;
}
