/** The pod of `helm test`, with the policies that let it ask. */
export const testTemplate = `{{- if and .Values.test.enabled .Values.probes.readiness.enabled .Values.probes.readiness.path (ne .Values.kind "job") }}
{{- $name := printf "%s-test" (include "service.name" .) }}
{{- $labels := printf "app.kubernetes.io/name: %s\\napp.kubernetes.io/instance: %s\\napp.kubernetes.io/part-of: %s" $name (include "service.platform" .) (include "service.platform" .) }}
apiVersion: v1
kind: Pod
metadata:
  name: {{ $name }}
  labels:
    {{- $labels | nindent 4 }}
  annotations:
    helm.sh/hook: test
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
spec:
  restartPolicy: Never
  automountServiceAccountToken: false
  securityContext:
    runAsNonRoot: true
    runAsUser: 65534
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: ask
      image: {{ .Values.test.image }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      command: [wget, -q, -T, "10", -O, /dev/null]
      args: ["http://{{ include "service.name" . }}:{{ int .Values.probes.readiness.port }}{{ .Values.probes.readiness.path }}"]
      resources:
        requests: { cpu: 10m, memory: 16Mi }
        limits: { cpu: 100m, memory: 32Mi }
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ $name }}
  labels:
    {{- $labels | nindent 4 }}
  annotations:
    helm.sh/hook: test
    helm.sh/hook-weight: "-1"
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
spec:
  podSelector:
    matchLabels:
      {{- include "service.selectorLabels" . | nindent 6 }}
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: {{ $name }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ $name }}-out
  labels:
    {{- $labels | nindent 4 }}
  annotations:
    helm.sh/hook: test
    helm.sh/hook-weight: "-1"
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: {{ $name }}
  policyTypes: [Egress]
  egress:
    - to:
        - podSelector:
            matchLabels:
              {{- include "service.selectorLabels" . | nindent 14 }}
{{- end }}
`;
