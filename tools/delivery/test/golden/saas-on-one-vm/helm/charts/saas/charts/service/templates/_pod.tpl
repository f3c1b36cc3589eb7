{{- /* Rendered by plinth from the platform description. Do not edit: change the description. */ -}}
{{- define "service.claim" -}}
{{- $root := index . 0 -}}
{{- $volume := index . 1 -}}
accessModes: [ReadWriteOnce]
storageClassName: {{ required "global.storageClass is needed for volumes" ($root.Values.global).storageClass }}
resources:
  requests:
    storage: {{ $volume.size }}
{{- end }}

{{- define "service.podTemplate" -}}
{{- $variables := dict -}}
{{- range $name, $value := .Values.variables -}}
{{- if not (kindIs "invalid" $value) -}}{{- $_ := set $variables $name $value -}}{{- end -}}
{{- end -}}
{{- $files := dict -}}
{{- range $path, $file := .Values.files -}}
{{- if $file -}}{{- $_ := set $files $path $file -}}{{- end -}}
{{- end -}}
{{- $name := include "service.name" . -}}
{{- $security := .Values.security -}}
{{- $many := or (gt (int .Values.replicas) 1) (and .Values.autoscaling.enabled (gt (int .Values.autoscaling.maximum) 1)) -}}
metadata:
  labels:
    {{- include "service.labels" . | nindent 4 }}
  annotations:
    checksum/configuration: {{ list $variables $files | toJson | sha256sum }}
spec:
  serviceAccountName: {{ $name }}
  automountServiceAccountToken: {{ not (empty .Values.access) }}
  enableServiceLinks: false
  {{- if eq .Values.kind "job" }}
  restartPolicy: OnFailure
  {{- end }}
  terminationGracePeriodSeconds: {{ int .Values.stopGraceSeconds }}
  securityContext:
    {{- with int $security.user }}
    runAsNonRoot: true
    runAsUser: {{ . }}
    {{- end }}
    {{- with int $security.group }}
    runAsGroup: {{ . }}
    fsGroup: {{ . }}
    fsGroupChangePolicy: OnRootMismatch
    {{- end }}
    seccompProfile:
      type: RuntimeDefault
  {{- with (.Values.global).tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if and $many (ne .Values.kind "job") }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "service.selectorLabels" . | nindent 10 }}
  {{- end }}
  containers:
    - name: {{ $name }}
      image: {{ include "service.image" . | quote }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      {{- with .Values.command }}
      command:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.arguments }}
      args:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.ports }}
      ports:
        {{- range . }}
        - containerPort: {{ int .targetPort }}
          protocol: {{ .protocol }}
        {{- end }}
      {{- end }}
      {{- if $variables }}
      envFrom:
        - configMapRef:
            name: {{ $name }}
      {{- end }}
      {{- if .Values.probes.startup.enabled }}
      startupProbe:
        {{- include "service.probe" .Values.probes.startup | nindent 8 }}
      {{- end }}
      {{- if .Values.probes.liveness.enabled }}
      livenessProbe:
        {{- include "service.probe" .Values.probes.liveness | nindent 8 }}
      {{- end }}
      {{- if .Values.probes.readiness.enabled }}
      readinessProbe:
        {{- include "service.probe" .Values.probes.readiness | nindent 8 }}
      {{- end }}
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: {{ $security.readOnlyRoot }}
        capabilities:
          drop: [ALL]
          {{- with $security.capabilities }}
          add:
            {{- toYaml . | nindent 12 }}
          {{- end }}
      {{- if or .Values.temporaryFolders .Values.volumes $files .Values.secrets }}
      volumeMounts:
        {{- range $index, $path := .Values.temporaryFolders }}
        - name: temporary-{{ $index }}
          mountPath: {{ $path }}
        {{- end }}
        {{- range .Values.volumes }}
        - name: {{ .name }}
          mountPath: {{ .path }}
        {{- end }}
        {{- range $path, $file := $files }}
        - name: files
          mountPath: {{ $path }}
          subPath: {{ include "service.fileKey" $path }}
          readOnly: true
        {{- end }}
        {{- if .Values.secrets }}
        - name: secrets
          mountPath: /run/secrets
          readOnly: true
        {{- end }}
      {{- end }}
  {{- $claims := ternary .Values.volumes list (eq .Values.kind "job") }}
  {{- if or .Values.temporaryFolders $claims $files .Values.secrets }}
  volumes:
    {{- range $index, $path := .Values.temporaryFolders }}
    - name: temporary-{{ $index }}
      emptyDir: {}
    {{- end }}
    {{- range $claims }}
    - name: {{ .name }}
      persistentVolumeClaim:
        claimName: {{ .name }}
    {{- end }}
    {{- if $files }}
    - name: files
      configMap:
        name: {{ $name }}-files
        items:
          {{- range $path, $file := $files }}
          - key: {{ include "service.fileKey" $path }}
            path: {{ include "service.fileKey" $path }}
            mode: {{ ternary 365 292 $file.executable }}
          {{- end }}
    {{- end }}
    {{- if .Values.secrets }}
    - name: secrets
      projected:
        defaultMode: {{ ternary 288 292 (gt (int $security.group) 0) }}
        sources:
          {{- range .Values.secrets }}
          - secret:
              name: {{ . }}
              items:
                - key: value
                  path: {{ . }}
          {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
