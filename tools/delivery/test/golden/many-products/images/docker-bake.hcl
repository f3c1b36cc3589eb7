# Rendered by plinth from the platform description. Do not edit: change the description.
variable "SOURCE" {
  default = "."
}
variable "IMAGES" {
  default = "deploy/images"
}
variable "VERSION" {
  default = "2026.11.0"
}
variable "REVISION" {
  default = "unknown"
}
variable "SOURCE_DATE_EPOCH" {
  default = "0"
}

group "default" {
  targets = ["auth", "cards-api", "cards-app", "cards-landing", "cards-web", "chat-api", "chat-app", "chat-landing", "chat-web", "events-landing", "events-web", "food-api", "food-app", "food-landing", "food-web", "help-app", "help-landing", "help-web", "links-api", "links-app", "links-landing", "links-web", "news-api", "news-app", "news-landing", "news-web", "picture-api", "picture-app", "picture-landing", "picture-web", "portal-app", "portal-landing", "portal-web", "story-api", "story-app", "story-landing", "story-web"]
}

target "auth" {
  context = SOURCE
  dockerfile = "${IMAGES}/auth/Dockerfile"
  tags = ["registry.example.com/products/auth:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "cards-api" {
  context = SOURCE
  dockerfile = "${IMAGES}/cards-api/Dockerfile"
  tags = ["registry.example.com/products/cards-api:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "cards-app" {
  context = SOURCE
  dockerfile = "${IMAGES}/cards-app/Dockerfile"
  tags = ["registry.example.com/products/cards-app:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "cards-landing" {
  context = SOURCE
  dockerfile = "${IMAGES}/cards-landing/Dockerfile"
  tags = ["registry.example.com/products/cards-landing:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "cards-web" {
  context = SOURCE
  dockerfile = "${IMAGES}/cards-web/Dockerfile"
  tags = ["registry.example.com/products/cards-web:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "chat-api" {
  context = SOURCE
  dockerfile = "${IMAGES}/chat-api/Dockerfile"
  tags = ["registry.example.com/products/chat-api:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "chat-app" {
  context = SOURCE
  dockerfile = "${IMAGES}/chat-app/Dockerfile"
  tags = ["registry.example.com/products/chat-app:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "chat-landing" {
  context = SOURCE
  dockerfile = "${IMAGES}/chat-landing/Dockerfile"
  tags = ["registry.example.com/products/chat-landing:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "chat-web" {
  context = SOURCE
  dockerfile = "${IMAGES}/chat-web/Dockerfile"
  tags = ["registry.example.com/products/chat-web:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "events-landing" {
  context = SOURCE
  dockerfile = "${IMAGES}/events-landing/Dockerfile"
  tags = ["registry.example.com/products/events-landing:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "events-web" {
  context = SOURCE
  dockerfile = "${IMAGES}/events-web/Dockerfile"
  tags = ["registry.example.com/products/events-web:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "food-api" {
  context = SOURCE
  dockerfile = "${IMAGES}/food-api/Dockerfile"
  tags = ["registry.example.com/products/food-api:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "food-app" {
  context = SOURCE
  dockerfile = "${IMAGES}/food-app/Dockerfile"
  tags = ["registry.example.com/products/food-app:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "food-landing" {
  context = SOURCE
  dockerfile = "${IMAGES}/food-landing/Dockerfile"
  tags = ["registry.example.com/products/food-landing:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "food-web" {
  context = SOURCE
  dockerfile = "${IMAGES}/food-web/Dockerfile"
  tags = ["registry.example.com/products/food-web:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "help-app" {
  context = SOURCE
  dockerfile = "${IMAGES}/help-app/Dockerfile"
  tags = ["registry.example.com/products/help-app:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "help-landing" {
  context = SOURCE
  dockerfile = "${IMAGES}/help-landing/Dockerfile"
  tags = ["registry.example.com/products/help-landing:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "help-web" {
  context = SOURCE
  dockerfile = "${IMAGES}/help-web/Dockerfile"
  tags = ["registry.example.com/products/help-web:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "links-api" {
  context = SOURCE
  dockerfile = "${IMAGES}/links-api/Dockerfile"
  tags = ["registry.example.com/products/links-api:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "links-app" {
  context = SOURCE
  dockerfile = "${IMAGES}/links-app/Dockerfile"
  tags = ["registry.example.com/products/links-app:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "links-landing" {
  context = SOURCE
  dockerfile = "${IMAGES}/links-landing/Dockerfile"
  tags = ["registry.example.com/products/links-landing:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "links-web" {
  context = SOURCE
  dockerfile = "${IMAGES}/links-web/Dockerfile"
  tags = ["registry.example.com/products/links-web:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "news-api" {
  context = SOURCE
  dockerfile = "${IMAGES}/news-api/Dockerfile"
  tags = ["registry.example.com/products/news-api:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "news-app" {
  context = SOURCE
  dockerfile = "${IMAGES}/news-app/Dockerfile"
  tags = ["registry.example.com/products/news-app:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "news-landing" {
  context = SOURCE
  dockerfile = "${IMAGES}/news-landing/Dockerfile"
  tags = ["registry.example.com/products/news-landing:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "news-web" {
  context = SOURCE
  dockerfile = "${IMAGES}/news-web/Dockerfile"
  tags = ["registry.example.com/products/news-web:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "picture-api" {
  context = SOURCE
  dockerfile = "${IMAGES}/picture-api/Dockerfile"
  tags = ["registry.example.com/products/picture-api:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "picture-app" {
  context = SOURCE
  dockerfile = "${IMAGES}/picture-app/Dockerfile"
  tags = ["registry.example.com/products/picture-app:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "picture-landing" {
  context = SOURCE
  dockerfile = "${IMAGES}/picture-landing/Dockerfile"
  tags = ["registry.example.com/products/picture-landing:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "picture-web" {
  context = SOURCE
  dockerfile = "${IMAGES}/picture-web/Dockerfile"
  tags = ["registry.example.com/products/picture-web:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "portal-app" {
  context = SOURCE
  dockerfile = "${IMAGES}/portal-app/Dockerfile"
  tags = ["registry.example.com/products/portal-app:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "portal-landing" {
  context = SOURCE
  dockerfile = "${IMAGES}/portal-landing/Dockerfile"
  tags = ["registry.example.com/products/portal-landing:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "portal-web" {
  context = SOURCE
  dockerfile = "${IMAGES}/portal-web/Dockerfile"
  tags = ["registry.example.com/products/portal-web:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "story-api" {
  context = SOURCE
  dockerfile = "${IMAGES}/story-api/Dockerfile"
  tags = ["registry.example.com/products/story-api:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "story-app" {
  context = SOURCE
  dockerfile = "${IMAGES}/story-app/Dockerfile"
  tags = ["registry.example.com/products/story-app:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "story-landing" {
  context = SOURCE
  dockerfile = "${IMAGES}/story-landing/Dockerfile"
  tags = ["registry.example.com/products/story-landing:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}

target "story-web" {
  context = SOURCE
  dockerfile = "${IMAGES}/story-web/Dockerfile"
  tags = ["registry.example.com/products/story-web:${VERSION}"]
  args = {
    VERSION = VERSION
    REVISION = REVISION
    SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH
  }
}
