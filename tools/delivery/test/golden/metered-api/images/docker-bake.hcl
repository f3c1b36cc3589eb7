# Rendered by plinth from the platform description. Do not edit: change the description.
variable "SOURCE" {
  default = "."
}
variable "IMAGES" {
  default = "deploy/images"
}
variable "VERSION" {
  default = "2.1.0"
}
variable "REVISION" {
  default = "unknown"
}
variable "SOURCE_DATE_EPOCH" {
  default = "0"
}

group "default" {
  targets = ["account", "api", "audit", "gateway", "iam", "metering", "migrate", "mobile", "product", "subscription", "tenant", "web"]
}

target "account" {
  context = SOURCE
  dockerfile = "${IMAGES}/account/Dockerfile"
  tags = ["registry.example.com/metered/account:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "api" {
  context = SOURCE
  dockerfile = "${IMAGES}/api/Dockerfile"
  tags = ["registry.example.com/metered/api:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "audit" {
  context = SOURCE
  dockerfile = "${IMAGES}/audit/Dockerfile"
  tags = ["registry.example.com/metered/audit:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "gateway" {
  context = SOURCE
  dockerfile = "${IMAGES}/gateway/Dockerfile"
  tags = ["registry.example.com/metered/gateway:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "iam" {
  context = SOURCE
  dockerfile = "${IMAGES}/iam/Dockerfile"
  tags = ["registry.example.com/metered/iam:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "metering" {
  context = SOURCE
  dockerfile = "${IMAGES}/metering/Dockerfile"
  tags = ["registry.example.com/metered/metering:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "migrate" {
  context = SOURCE
  dockerfile = "${IMAGES}/migrate/Dockerfile"
  tags = ["registry.example.com/metered/migrate:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "mobile" {
  context = SOURCE
  dockerfile = "${IMAGES}/mobile/Dockerfile"
  tags = ["registry.example.com/metered/mobile:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "product" {
  context = SOURCE
  dockerfile = "${IMAGES}/product/Dockerfile"
  tags = ["registry.example.com/metered/product:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "subscription" {
  context = SOURCE
  dockerfile = "${IMAGES}/subscription/Dockerfile"
  tags = ["registry.example.com/metered/subscription:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "tenant" {
  context = SOURCE
  dockerfile = "${IMAGES}/tenant/Dockerfile"
  tags = ["registry.example.com/metered/tenant:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "web" {
  context = SOURCE
  dockerfile = "${IMAGES}/web/Dockerfile"
  tags = ["registry.example.com/metered/web:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}
