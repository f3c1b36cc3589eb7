ui = true
api_addr = "http://MEMBER:8200"
cluster_addr = "https://MEMBER:8201"
storage "raft" {
  path = "/openbao/file"
  node_id = "MEMBER"
  retry_join {
    leader_api_addr = "http://openbao-node-1:8200"
  }
}
listener "tcp" {
  address = "0.0.0.0:8200"
  cluster_address = "0.0.0.0:8201"
  tls_disable = true
  telemetry {
    unauthenticated_metrics_access = true
  }
}
telemetry {
  prometheus_retention_time = "30s"
  disable_hostname = true
}
